"""What stands where Twilio, a mail server and a virus scanner would be: real HTTP, SMTP and INSTREAM, and a log.

    DEMO=1 python -m portal.demo.standins --http-port 8025 --smtp-port 8026 --scanner-port 8027 --log var/messages.jsonl

The log has one JSON line a message: {"id", "channel": "sms" | "voice" | "email", "to", "subject", "body", "at",
"attachments": [{"name", "content_type", "size"}], "sid" (Twilio), "message_id" (mail)}.
"""
