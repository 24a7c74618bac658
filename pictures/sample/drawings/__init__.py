"""The drawings of the sample by their names: each gives a PNG."""

from __future__ import annotations

from pictures.sample.drawings.boats import boats
from pictures.sample.drawings.bowls import bowls
from pictures.sample.drawings.ferry import ferry
from pictures.sample.drawings.house import house
from pictures.sample.drawings.kettle import kettle
from pictures.sample.drawings.pot import pot
from pictures.sample.drawings.rope import rope
from pictures.sample.drawings.vegetables import vegetables

DRAWINGS = {
    draw.__name__: draw for draw in (house, ferry, rope, kettle, boats, pot, vegetables, bowls)
}
