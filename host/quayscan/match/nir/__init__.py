"""Near-infrared matching: how far is a spectrum from a class of substances, seen through several operators?

classes   a library's references as classes: their centres, and how far apart scans of one substance lie
spread    what is known of that where a library has too few operators to tell
pools     right and wrong scores, each operator judged by the others
result    the numbers that come out
options   every constant, and the recipe's id
match     `match_nir`, which composes them
"""

from .match import match_nir
from .options import NirOptions, nir_recipe_id
from .result import NirMatchResult

__all__ = ["NirMatchResult", "NirOptions", "match_nir", "nir_recipe_id"]
