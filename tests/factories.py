"""Small records for tests: every function makes one valid record, saves and returns it."""

import datetime as dt
from itertools import count
from typing import Any

from django.contrib.auth.models import User

from esimguide.models import (
    Capability,
    Carrier,
    Change,
    Channel,
    Device,
    Document,
    Fact,
    Inquiry,
    Misconception,
    Procedure,
    Question,
    Redirect,
    Region,
    Report,
    Requirement,
    Service,
    Situation,
    Source,
    State,
    Status,
    Step,
    Synonym,
    Term,
    Topic,
)

_number = count(10_000)  # as texts, too, in the order in which they were made
CHECKED_ON = dt.date(2026, 11, 23)


def pair(name: str, hant: str, hans: str) -> dict[str, str]:
    """Return the two columns of one text."""
    return {f"{name}_zh_hant": hant, f"{name}_zh_hans": hans}


def make_editor(**fields: Any) -> User:
    defaults = {"username": f"editor{next(_number)}", "password": "correct horse battery"}
    return User.objects.create_superuser(**defaults | fields)


def make_source(**fields: Any) -> Source:
    defaults = {
        "url": f"https://www.example.org/{next(_number)}",
        **pair("title", "報失頁面", "挂失页面"),
        **pair("publisher", "通訊辦", "通讯办"),
        "kind": Source.Kind.REGULATOR,
        "language": Source.Language.ENGLISH,
    }
    return Source.objects.create(**defaults | fields)


def evidence(**fields: Any) -> dict[str, Any]:
    """Return the fields of an official statement."""
    source = fields.pop("source", None) or make_source()
    return {"source": source, "state": State.OFFICIAL, "checked_on": CHECKED_ON} | fields


def make_carrier(**fields: Any) -> Carrier:
    defaults = {
        "slug": f"carrier-{next(_number)}",
        **pair("name", "測試電訊", "测试电讯"),
        "kind": Carrier.Kind.NETWORK,
        "status": Status.PUBLISHED,
    }
    return Carrier.objects.create(**defaults | fields)


def make_capability(**fields: Any) -> Capability:
    number = next(_number)
    defaults = {
        "slug": f"capability-{number}",
        **pair("label", "舊手機", "旧手机"),
        **pair("question", "舊手機還在嗎？", "旧手机还在吗？"),
        "position": number,
    }
    return Capability.objects.create(**defaults | fields)


def make_channel(**fields: Any) -> Channel:
    defaults = {
        "carrier": fields.get("carrier") or make_carrier(),
        "slug": f"channel-{next(_number)}",
        "kind": Channel.Kind.HOTLINE,
        **pair("label", "熱線", "客服热线"),
        "value": "29458888",
        **evidence(),
    }
    return Channel.objects.create(**defaults | fields)


def make_situation(**fields: Any) -> Situation:
    number = next(_number)
    defaults = {
        "slug": f"situation-{number}",
        **pair("title", "手機遺失", "手机丢失"),
        "title_en": "Phone lost",
        **pair("summary", "手機不見了。", "手机不见了。"),
        **pair("ask", "怎樣補領？", "怎么补办？"),
        "urgency": Situation.Urgency.NOW,
        "position": number,
    }
    return Situation.objects.create(**defaults | fields)


def make_document(**fields: Any) -> Document:
    number = next(_number)
    defaults = {
        "slug": f"document-{number}",
        **pair("name", "卡套", "卡套"),
        "name_en": "SIM card holder",
        **pair("description", "連着SIM卡的卡板。", "连着SIM卡的卡板。"),
        **pair("if_missing", "先致電電訊商。", "先打电话给运营商。"),
        "position": number,
    }
    return Document.objects.create(**defaults | fields)


def make_topic(**fields: Any) -> Topic:
    defaults = {
        "slug": f"topic-{next(_number)}",
        **pair("title", "甚麼是eSIM", "什么是eSIM"),
        **pair("summary", "一塊晶片。", "一块芯片。"),
        **pair("body", "它在手機**裏面**。", "它在手机**里面**。"),
        "status": Status.PUBLISHED,
    }
    return Topic.objects.create(**defaults | fields)


def make_procedure(**fields: Any) -> Procedure:
    """Make a published, official procedure; ``situations`` (a list) are set after saving."""
    situations = fields.pop("situations", [])
    defaults = {
        "slug": f"procedure-{next(_number)}",
        **pair("title", "補領儲值卡", "补办预付费卡"),
        **pair("summary", "到門市辦理。", "到营业厅办理。"),
        "by": Channel.Kind.SHOP,
        "from_hong_kong": True,
        "status": Status.PUBLISHED,
        **evidence(),
    }
    procedure = Procedure.objects.create(**defaults | fields)
    procedure.situations.set(situations)
    return procedure


def make_step(**fields: Any) -> Step:
    procedure = fields.get("procedure") or make_procedure()
    defaults = {
        "procedure": procedure,
        "position": procedure.steps.count() + 1,
        **pair("title", "致電熱線報失", "打客服热线挂失"),
    }
    return Step.objects.create(**defaults | fields)


def make_requirement(**fields: Any) -> Requirement:
    defaults = {
        "procedure": fields.get("procedure") or make_procedure(),
        "document": fields.get("document") or make_document(),
        "necessity": Requirement.Necessity.REQUIRED,
    }
    return Requirement.objects.create(**defaults | fields)


def make_fact(**fields: Any) -> Fact:
    owners = {"carrier", "procedure", "topic", "service"}
    owner = {} if owners & fields.keys() else {"carrier": make_carrier()}
    defaults = {
        "slug": f"fact-{next(_number)}",
        "kind": Fact.Kind.FEE,
        **pair("label", "補領收費", "补办收费"),
        **pair("value", "HK$10", "10港元"),
        **owner,
        **evidence(),
    }
    return Fact.objects.create(**defaults | fields)


def make_unknown_fact(**fields: Any) -> Fact:
    unknown = {
        "state": State.UNKNOWN,
        "source": None,
        **pair("value", "", ""),
        **pair("ask", "補領eSIM收費多少？", "补办eSIM收多少钱？"),
    }
    return make_fact(**unknown | fields)


def make_service(**fields: Any) -> Service:
    defaults = {
        "slug": f"service-{next(_number)}",
        **pair("name", "恒生銀行", "恒生银行"),
        "name_en": "Hang Seng",
        **pair("summary", "可用櫃員機。", "可用柜员机。"),
        "kind": Service.Kind.BANK,
        "sms": Service.Sms.PARTLY,
        "status": Status.PUBLISHED,
        **evidence(),
    }
    return Service.objects.create(**defaults | fields)


def make_device(**fields: Any) -> Device:
    """Make a published phone from Hong Kong that has eSIM; without eSIM known, say both words."""
    defaults = {
        "slug": f"device-{next(_number)}",
        "brand": Device.Brand.APPLE,
        "region": Region.HONG_KONG,
        **pair("name", "iPhone 13", "iPhone 13"),
        "esim": Device.Esim.YES,
        "status": Status.PUBLISHED,
        **evidence(),
    }
    return Device.objects.create(**defaults | fields)


def make_unknown_device(**fields: Any) -> Device:
    unknown = {
        "esim": Device.Esim.UNKNOWN,
        "state": State.UNKNOWN,
        "source": None,
        **pair("note", "輸入`*#06#`看EID。", "输入`*#06#`看EID。"),
    }
    return make_device(**unknown | fields)


def make_misconception(**fields: Any) -> Misconception:
    defaults = {
        "slug": f"misconception-{next(_number)}",
        **pair("claim", "舊二維碼可以再用", "旧二维码可以再用"),
        **pair("correction", "一般不可以。", "一般不可以。"),
        "status": Status.PUBLISHED,
        **evidence(),
    }
    return Misconception.objects.create(**defaults | fields)


def make_question(**fields: Any) -> Question:
    owner = {} if {"carrier", "procedure", "document"} & fields.keys() else {"topic": make_topic()}
    defaults = {
        "slug": f"question-{next(_number)}",
        **pair("question", "誰付費？", "谁付费？"),
        **pair("answer", "登記人。", "机主。"),
        "status": Status.PUBLISHED,
        **owner,
    }
    return Question.objects.create(**defaults | fields)


def make_term(**fields: Any) -> Term:
    defaults = {
        "slug": f"term-{next(_number)}",
        "english": "top up",
        **pair("word", "增值", "充值"),
        **pair("gloss", "為卡充入金額。", "给卡充钱。"),
        "grade": Term.Grade.MISLEADS,
    }
    return Term.objects.create(**defaults | fields)


def make_change(**fields: Any) -> Change:
    defaults = {
        "slug": f"change-{next(_number)}",
        "made_on": CHECKED_ON,
        **pair("text", "更新收費。", "更新收费。"),
        "status": Status.PUBLISHED,
    }
    return Change.objects.create(**defaults | fields)


def make_report(**fields: Any) -> Report:
    about = {"fact", "channel", "procedure"} & fields.keys()
    owner = {} if about else {"fact": make_fact(carrier=make_carrier())}
    defaults = {
        "language": "zh-hant",
        "nonce": f"nonce-{next(_number)}",
        "kind": Report.Kind.CONTRADICTS,
        "said": "補領收費：HK$10",
        "saw": "收了HK$80",
        **owner,
    }
    return Report.objects.create(**defaults | fields)


def make_inquiry(**fields: Any) -> Inquiry:
    defaults = {
        "language": "zh-hant",
        "nonce": f"nonce-{next(_number)}",
        "text": "卡套不見了，怎樣辦？",
    }
    return Inquiry.objects.create(**defaults | fields)


def make_synonym(**fields: Any) -> Synonym:
    defaults = {"word": f"word{next(_number)}"}
    return Synonym.objects.create(**defaults | fields)


def make_redirect(**fields: Any) -> Redirect:
    defaults = {"old": f"topics/old-{next(_number)}/", "new": "topics/new/"}
    return Redirect.objects.create(**defaults | fields)
