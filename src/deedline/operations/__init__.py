"""The only place where the stages meet: what a person asks for, as functions over a register.

The main path is `add` in `adding`: each file goes through `read_and_find` (a pure function, in several processes
where that pays) and what comes out is kept in the register, in the order of the files. `relink` in `linking` then
compares the documents; `scene` gathers what was known at a day, from which `tracking`, `measuring` and `adopting`
compute; `judging` records what people hold.
"""

from __future__ import annotations

from deedline.model.link import Task
from deedline.operations.adding import Added, Parsed, Source, add, read_and_find, read_source
from deedline.operations.adopting import AdoptionReport, adoption, all_verdicts, without_verdicts
from deedline.operations.asking import (
    Covered,
    Shown,
    count_items,
    coverage,
    demand_findable,
    find_body,
    items,
    show,
)
from deedline.operations.assisting import Assistance, Assistant, Assisted, Candidates, assist, assistant_from
from deedline.operations.compared import (
    Compared,
    Waiting,
    changed_with,
    told_of_editions,
    uncompared,
    uncompared_with,
    waiting_pairs,
)
from deedline.operations.correcting import Settling, correct, only_bodies, settle
from deedline.operations.counting import Count, counted
from deedline.operations.editions import EditionQuery, EditionView, edition
from deedline.operations.engine import default_engine
from deedline.operations.fetching import Rules, Watched, add_addresses, check_watches, is_address
from deedline.operations.holding import BodyHeld, bodies_held, body_held
from deedline.operations.judging import Doubt, Held, doubts, doubts_of, judge, open_issues, relation_of, waiting_links
from deedline.operations.keeping import edit_document, remove_document
from deedline.operations.leafing import BodyCounted, DuePage, DueQuery, bodies_counted, body_counted, due_page
from deedline.operations.linking import Linked, relink
from deedline.operations.listing import demand_few, measured_among
from deedline.operations.measuring import Measured, all_measured, disagreements, measured
from deedline.operations.naming import Named, Names, name_key, named_in, names
from deedline.operations.ordering import Pair, pairs_of
from deedline.operations.overview import EditionGlance, Overview, ReportGlance, edition_before, overview
from deedline.operations.owning import Owned, Portfolio, owners, portfolio
from deedline.operations.progress import Progress, ProgressQuery, Reported, progress, reported
from deedline.operations.recommending import Recommended, count_best, recommendations
from deedline.operations.remembering import Memory, documents_held, remembered
from deedline.operations.resembling import Resemblance, resembled
from deedline.operations.scene import Scene, at_most, is_large, newest_day, precision_of, said_again, scene
from deedline.operations.searching import found_items, prepare_search, search
from deedline.operations.sought import Hit, How, Meaning, SearchPage, SearchQuery
from deedline.operations.suggesting import Suggestion, suggest_words
from deedline.operations.tabulating import columns_of, map_columns, read_again
from deedline.operations.tracking import (
    Editions,
    Followed,
    Slippage,
    Undertaking,
    by_stage,
    compare_editions,
    due,
    followed,
    slippage,
    standings,
    thread,
)
from deedline.operations.twins import TONGUES
from deedline.track.absence import Fate, FateCode
from deedline.track.adoption import Tally
from deedline.track.standing import DONE, Stage, StandingCode

__all__ = [
    "DONE",
    "TONGUES",
    "Added",
    "AdoptionReport",
    "Assistance",
    "Assistant",
    "Assisted",
    "BodyCounted",
    "BodyHeld",
    "Candidates",
    "Compared",
    "Count",
    "Covered",
    "Doubt",
    "DuePage",
    "DueQuery",
    "EditionGlance",
    "EditionQuery",
    "EditionView",
    "Editions",
    "Fate",
    "FateCode",
    "Followed",
    "Held",
    "Hit",
    "How",
    "Linked",
    "Meaning",
    "Measured",
    "Memory",
    "Named",
    "Names",
    "Overview",
    "Owned",
    "Pair",
    "Parsed",
    "Portfolio",
    "Progress",
    "ProgressQuery",
    "Recommended",
    "ReportGlance",
    "Reported",
    "Resemblance",
    "Rules",
    "Scene",
    "SearchPage",
    "SearchQuery",
    "Settling",
    "Shown",
    "Slippage",
    "Source",
    "Stage",
    "StandingCode",
    "Suggestion",
    "Tally",
    "Task",
    "Undertaking",
    "Waiting",
    "Watched",
    "add",
    "add_addresses",
    "adoption",
    "all_measured",
    "all_verdicts",
    "assist",
    "assistant_from",
    "at_most",
    "bodies_counted",
    "bodies_held",
    "body_counted",
    "body_held",
    "by_stage",
    "changed_with",
    "check_watches",
    "columns_of",
    "compare_editions",
    "correct",
    "count_best",
    "count_items",
    "counted",
    "coverage",
    "default_engine",
    "demand_few",
    "demand_findable",
    "disagreements",
    "documents_held",
    "doubts",
    "doubts_of",
    "due",
    "due_page",
    "edit_document",
    "edition",
    "edition_before",
    "find_body",
    "followed",
    "found_items",
    "is_address",
    "is_large",
    "items",
    "judge",
    "map_columns",
    "measured",
    "measured_among",
    "name_key",
    "named_in",
    "names",
    "newest_day",
    "only_bodies",
    "open_issues",
    "overview",
    "owners",
    "pairs_of",
    "portfolio",
    "precision_of",
    "prepare_search",
    "progress",
    "read_again",
    "read_and_find",
    "read_source",
    "recommendations",
    "relation_of",
    "relink",
    "remembered",
    "remove_document",
    "reported",
    "resembled",
    "said_again",
    "scene",
    "search",
    "settle",
    "show",
    "slippage",
    "standings",
    "suggest_words",
    "thread",
    "told_of_editions",
    "uncompared",
    "uncompared_with",
    "waiting_links",
    "waiting_pairs",
    "without_verdicts",
]
