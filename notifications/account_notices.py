"""What messages about an account know, frozen, one class a kind. Fields are what the AccountEvent's payload holds."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.conf import settings

from notifications.models import Notice
from registration.models import AccountEvent


@dataclass(frozen=True)
class AccountNews:
    """That something happened, and nothing else."""

    template: ClassVar[str]

    def kept(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def back(cls, kept: dict[str, Any]) -> Self:
        """From `kept`, or from a payload, which may hold more. Raises TypeError for too little."""
        return cls(**{field.name: kept[field.name] for field in dataclasses.fields(cls) if field.name in kept})

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return self.kept()


@dataclass(frozen=True)
class Code(AccountNews):
    template: ClassVar[str] = "code"

    code: str  # six digits

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return {"code": self.code, "digits": ", ".join(self.code), "minutes": settings.CODE_MINUTES}


@dataclass(frozen=True)
class Disputable(AccountNews):
    """With the link that freezes the account, where there is one: its path, from "/"."""

    freeze_path: str = ""

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return {"freeze_link": _address(self.freeze_path)}


@dataclass(frozen=True)
class AccountCreated(Disputable):
    template: ClassVar[str] = "account_created"


@dataclass(frozen=True)
class PasswordChanged(Disputable):
    template: ClassVar[str] = "password_changed"


@dataclass(frozen=True)
class PhoneChanged(Disputable):
    template: ClassVar[str] = "phone_changed"


@dataclass(frozen=True)
class EmailChanged(Disputable):
    template: ClassVar[str] = "email_changed"


@dataclass(frozen=True)
class AlreadyRegistered(AccountNews):
    template: ClassVar[str] = "already_registered"


@dataclass(frozen=True)
class Username(AccountNews):
    template: ClassVar[str] = "username"

    username: str


@dataclass(frozen=True)
class MethodAdded(AccountNews):
    template: ClassVar[str] = "method_added"

    method: str  # "phone", "authenticator", "passkey" or "recovery"


@dataclass(frozen=True)
class MethodRemoved(MethodAdded):
    template: ClassVar[str] = "method_removed"


@dataclass(frozen=True)
class RecoveryCodeUsed(AccountNews):
    template: ClassVar[str] = "recovery_code_used"


@dataclass(frozen=True)
class BrowserRemembered(AccountNews):
    template: ClassVar[str] = "browser_remembered"

    label: str = ""  # "Chrome on Android"; "" where the browser did not say

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return {"label": self.label, "days": settings.REMEMBER_DAYS}


@dataclass(frozen=True)
class SetupLink(AccountNews):
    template: ClassVar[str] = "setup_link"

    path: str  # from "/"
    new_password: bool = False  # whether the link leads to a new password too

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        hours = settings.SETUP_LINK_HOURS
        return {"link": _address(self.path), "hours": hours, "new_password": self.new_password}


@dataclass(frozen=True)
class SecondStepReset(Disputable):
    template: ClassVar[str] = "second_step_reset"

    password: bool = False  # whether the password went too

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return {**super().words(), "password": self.password}


@dataclass(frozen=True)
class AccountUnlocked(AccountNews):
    template: ClassVar[str] = "account_unlocked"


@dataclass(frozen=True)
class AccountConfirmed(Disputable):
    template: ClassVar[str] = "account_confirmed"


@dataclass(frozen=True)
class AccountFrozen(AccountNews):
    template: ClassVar[str] = "account_frozen"


@dataclass(frozen=True)
class AccountUnfrozen(Disputable):
    template: ClassVar[str] = "account_unfrozen"


@dataclass(frozen=True)
class AccountRevoked(AccountNews):
    template: ClassVar[str] = "account_revoked"


@dataclass(frozen=True)
class SessionsEnded(AccountNews):
    template: ClassVar[str] = "sessions_ended"


ACCOUNT_CONTENTS: dict[str, type[AccountNews]] = {
    Notice.Kind.CODE: Code,
    Notice.Kind.ACCOUNT_CREATED: AccountCreated,
    Notice.Kind.ALREADY_REGISTERED: AlreadyRegistered,
    Notice.Kind.USERNAME: Username,
    Notice.Kind.PASSWORD_CHANGED: PasswordChanged,
    Notice.Kind.PHONE_CHANGED: PhoneChanged,
    Notice.Kind.EMAIL_CHANGED: EmailChanged,
    Notice.Kind.METHOD_ADDED: MethodAdded,
    Notice.Kind.METHOD_REMOVED: MethodRemoved,
    Notice.Kind.RECOVERY_CODE_USED: RecoveryCodeUsed,
    Notice.Kind.BROWSER_REMEMBERED: BrowserRemembered,
    Notice.Kind.SETUP_LINK: SetupLink,
    Notice.Kind.SECOND_STEP_RESET: SecondStepReset,
    Notice.Kind.ACCOUNT_UNLOCKED: AccountUnlocked,
    Notice.Kind.ACCOUNT_CONFIRMED: AccountConfirmed,
    Notice.Kind.ACCOUNT_FROZEN: AccountFrozen,
    Notice.Kind.ACCOUNT_UNFROZEN: AccountUnfrozen,
    Notice.Kind.ACCOUNT_REVOKED: AccountRevoked,
    Notice.Kind.SESSIONS_ENDED: SessionsEnded,
}


def content_of(event: AccountEvent) -> AccountNews:
    """Raises KeyError or TypeError for an event that cannot be worded."""
    return ACCOUNT_CONTENTS[event.kind].back(event.payload or {})


def _address(path: str) -> str:
    return settings.PUBLIC_BASE_URL + path if path else ""
