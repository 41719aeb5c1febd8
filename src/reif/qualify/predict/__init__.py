"""How likely is it? A model learned from past leads, measured before anybody believes it.

`evaluate` needs a table and the column of the outcome, and knows nothing of people, rows of the database or the log.
`train` learns from the people of this installation, as they were at moments that have passed; `foresee` asks about them now.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # else the threads of trees wait by spinning, and starve each other
