"""Staff, what they may do where, and the record of what they did."""

from accounts.models.audit import Act, AuditEntry
from accounts.models.grants import Grant
from accounts.models.staff import User

__all__ = ["Act", "AuditEntry", "Grant", "User"]
