"""The domain: one file a subject, the public names handed on here."""

from esimguide.models.carrier import Carrier, Channel
from esimguide.models.change import Change
from esimguide.models.checked import Checked, State
from esimguide.models.content_version import ContentVersion
from esimguide.models.device import Device, Region
from esimguide.models.document import Document
from esimguide.models.fact import Fact
from esimguide.models.inquiry import Inquiry
from esimguide.models.link_check import LinkCheck
from esimguide.models.message import KEEP_ADDRESS, KEEP_MESSAGE, KEEP_SPAM, Folder, Message
from esimguide.models.misconception import Misconception
from esimguide.models.place import Place
from esimguide.models.plan_type import PlanType
from esimguide.models.procedure import Procedure
from esimguide.models.publishable import Status
from esimguide.models.question import Question
from esimguide.models.rate_limit import RateLimitCounter
from esimguide.models.redirect import Redirect
from esimguide.models.report import Report, contradicted, contradicted_steps
from esimguide.models.role import GrantedPermission, Role
from esimguide.models.search_entry import Kind, SearchEntry, SearchTerm
from esimguide.models.service import Service
from esimguide.models.situation import Capability, Situation
from esimguide.models.source import Source
from esimguide.models.step import Requirement, Step
from esimguide.models.synonym import Synonym
from esimguide.models.term import Term
from esimguide.models.topic import Topic
from esimguide.models.vote import KEEP_VOTES, Vote
from esimguide.models.zero_result_search import KEEP_ZERO_RESULT_SEARCHES, ZeroResultSearch
