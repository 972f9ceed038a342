"""How programs are run here: as with users, whose Python keeps what it has compiled."""

from __future__ import annotations

import os

ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
