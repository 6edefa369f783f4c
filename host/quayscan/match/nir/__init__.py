"""Near-infrared matching: how far is a spectrum from a class of substances, seen through several operators?

classes   a library's references as classes: their centres, and how far apart scans of one substance lie
spread    what is known of that where a library has too few operators to tell
pools     right and wrong scores, each operator judged by the others
recipe    the recipe's id
match     `match_nir`, which composes them
"""

from .match import match_nir
from .pools import ScorePools, pools_of
from .recipe import nir_recipe_id

__all__ = ["ScorePools", "match_nir", "nir_recipe_id", "pools_of"]
