"""Where the shipped content may lead, by who publishes there, and where it must never lead."""

from urllib.parse import urlsplit

# Each domain stands with its sub-domains. Operators: the domains that their own pages name.
OPERATORS = {
    *("hk.chinamobile.com", "cuniq.com", "ctexcel.com.hk", "ctexcel.com", "chinatelecom.com.hk"),
    *("chinatelecomglobal.com", "three.com.hk", "hthkh.com", "sosimhk.com", "hkcsl.com", "hkt.com"),
    *("1010.com.hk", "1010corporate.com", "clubsim.com.hk", "smartone.com", "valuegb.com"),
    *("smartonesolutions.com.hk", "birdie.com.hk", "luckysim.com.hk", "sunmobile.com.hk"),
    *("hkbnes.net", "hkbn.net", "hgcbroadband.com", "ctm.net", "simreg.south.com.hk"),
    *("three.com.mo", "1888.com.mo"),
    "fortress.com.hk",  # sells hahaSIM together with 3HK
    "hkicl.com.hk",  # runs the Faster Payment System
}
DOMAINS = {
    # A copy of a Taiwanese operator's page, for what it says about phones sold in China.
    "operator": OPERATORS | {"culture.wenewstw.com"},
    "regulator": {"ofca.gov.hk", "hkma.gov.hk"},
    "government": {
        *("gov.hk", "empf.org.hk"),
        "en.wikisource.org",  # the Regulation's text, in a copy
    },
    "police": {"police.gov.hk", "adcc.gov.hk", "cyberdefender.hk"},
    "maker": {
        *("support.apple.com", "support.google.com", "source.android.com", "consumer.huawei.com"),
        *("samsung.com", "sony.co.uk", "mi.com", "learn.microsoft.com", "support.signal.org"),
    },
    "bank": {
        *("cmbwinglungbank.com", "airstarbank.com", "za.group", "dbs.com.hk", "hsbc.com.hk"),
        *("hangseng.com", "bochk.com", "livibank.com", "icbcasia.com", "mox.com", "octopus.com.hk"),
        *("asia.ccb.com", "sc.com", "shacombank.com.hk", "tapngo.com.hk", "alipayhk.com"),
        *("chbank.com", "bankcomm.com", "hkab.org.hk", "hkbea.com", "welab.bank"),
        "citibank.com.hk",
    },
    # The banks' association sets rules for its members; the operators' API is developed in public.
    "standard": {"gsma.com", "hkab.org.hk", "github.com"},
    "press": {
        *("hk.news.yahoo.com", "hk01.com", "hkcd.com", "news.rthk.hk", "singtaousa.com", "udn.com"),
        *("thinkhk.com", "hkut.online", "metro.co.uk", "qinghai.news.163.com", "hstong.com"),
        *("monterizos.com.ar", "technobezz.com", "campaignsms.com", "moneysmart.hk"),
        *(
            "esimdb.com",
            "hkbaike.com.hk",
            "broadbandhk.com",
            "scmp.com",
            "macrumors.com",
            "36kr.com",
            "thestar.com.my",
            "timothyloh.com",
        ),
        # Republished: a magazine, government releases, an operator's terms in a shop.
        *("tecnoguia.istocks.club", "asiaexpat.net", "government-world.com", "chinasim.net"),
    },
    "forum": {
        *("github.com", "v2ex.com", "hkepc.com", "nodeseek.com", "linux.do", "naixi.net"),
        *("discussions.apple.com", "reddit.com", "hkyamane.com", "qxwa.com", "10100.com"),
        *("jxtaichi.com", "flyasia.co", "docs.estk.me", "docslib.org", "blog.csdn.net"),
        *("juejin.cn", "huggingface.co"),
        # eSIM shops and vendors, and a university's page that cites the police.
        *("getesimify.com", "getnomad.app", "gohub.com", "imeigsx.com", "qr.abundera.ai"),
        *(
            "saily.com",
            "esper.io",
            "esimagent.vdigital.app",
            "ki1q.blogspot.com",
            "sim-finder.com",
            "s3semi.com",
            "ln.edu.hk",
        ),
    },
}
# Look-alikes, copies on other domains, content farms, and rules that are not Hong Kong's.
EXCLUDED = (
    *("10086.hk", "cybersecuritycampaign.com.hk", "forum-handphone.org", "www.sosim.hk"),
    *("aliyunyh.com", "9m8m.com", "yunzhuji.net", "aliyunyouhui.com", "crntt.com"),
)


def is_under(url: str, domains: set[str]) -> bool:
    """Tell whether the host of ``url`` is one of ``domains`` or below one."""
    host = urlsplit(url).hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
