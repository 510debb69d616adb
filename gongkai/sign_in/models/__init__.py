"""Old passwords, failed tries, stays at the desk, kept forms, second factors."""

from .attempt import Counter, Failure
from .factor import Factor, RecoveryCode
from .password import OldPassword
from .stay import KeptForm, Stay

__all__ = ["Counter", "Factor", "Failure", "KeptForm", "OldPassword", "RecoveryCode", "Stay"]
