"""`python -m nbdebug.cli` is the command `nbdebug`."""

from __future__ import annotations

from nbdebug.cli.main import main

raise SystemExit(main())
