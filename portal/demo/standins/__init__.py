"""What stands where Twilio and a mail server would be: real HTTP, real SMTP, and a log of what was accepted.

    DEMO=1 python -m portal.demo.standins --http-port 8025 --smtp-port 8026 --log var/messages.jsonl

The log has one JSON line a message: {"id", "channel": "sms" | "voice" | "email", "to", "subject", "body", "at",
"attachments": [{"name", "content_type", "size"}], "sid" (Twilio), "message_id" (mail)}.
"""
