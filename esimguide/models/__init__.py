"""The domain: one file a subject, the public names handed on here."""

from esimguide.models.alias import Alias
from esimguide.models.bilingual import Status
from esimguide.models.carrier import Carrier, Channel
from esimguide.models.change import Change
from esimguide.models.checked import Checked, State
from esimguide.models.device import Device, Region
from esimguide.models.document import Document
from esimguide.models.entry import Entry, Kind, Word
from esimguide.models.fact import Fact
from esimguide.models.inquiry import Inquiry
from esimguide.models.line import Line
from esimguide.models.link import Link
from esimguide.models.misconception import Misconception
from esimguide.models.miss import KEEP_MISSES, Miss
from esimguide.models.moved import Moved
from esimguide.models.place import Place
from esimguide.models.procedure import Procedure
from esimguide.models.question import Question
from esimguide.models.received import KEEP_ADDRESS, KEEP_MESSAGE, KEEP_SPAM, Folder, Received
from esimguide.models.report import Report, contradicted, contradicted_steps
from esimguide.models.role import Grant, Role
from esimguide.models.service import Service
from esimguide.models.situation import Capability, Situation
from esimguide.models.source import Source
from esimguide.models.step import Requirement, Step
from esimguide.models.tally import Tally
from esimguide.models.term import Term
from esimguide.models.topic import Topic
from esimguide.models.version import ContentVersion
from esimguide.models.vote import KEEP_VOTES, Vote

__all__ = [
    "KEEP_ADDRESS",
    "KEEP_MESSAGE",
    "KEEP_MISSES",
    "KEEP_SPAM",
    "KEEP_VOTES",
    "Alias",
    "Capability",
    "Carrier",
    "Change",
    "Channel",
    "Checked",
    "ContentVersion",
    "Device",
    "Document",
    "Entry",
    "Fact",
    "Folder",
    "Grant",
    "Inquiry",
    "Kind",
    "Line",
    "Link",
    "Misconception",
    "Miss",
    "Moved",
    "Place",
    "Procedure",
    "Question",
    "Received",
    "Region",
    "Report",
    "Requirement",
    "Role",
    "Service",
    "Situation",
    "Source",
    "State",
    "Status",
    "Step",
    "Tally",
    "Term",
    "Topic",
    "Vote",
    "Word",
    "contradicted",
    "contradicted_steps",
]
