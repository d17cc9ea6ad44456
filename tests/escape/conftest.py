"""Makes the battery's own modules importable, here as well as by `make escape`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
