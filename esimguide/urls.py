"""The whole URL table. A URL's name is its view's name."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from esimguide.admin.desk.coverage import coverage
from esimguide.admin.desk.matrix import language_matrix
from esimguide.sitemaps import SITEMAPS
from esimguide.views.about import about
from esimguide.views.answer import answer
from esimguide.views.carrier import carrier_detail, carrier_list
from esimguide.views.change import change_feed, change_list, feed_choice
from esimguide.views.compare import compare
from esimguide.views.device import device_detail, device_list
from esimguide.views.document import document_list
from esimguide.views.emergency import first_ten_minutes, short_address
from esimguide.views.health import healthz, readyz, robots
from esimguide.views.home import home, language_choice
from esimguide.views.inquiry import ask, inquiry_detail
from esimguide.views.misconception import misconception_list
from esimguide.views.offline import saved, service_worker
from esimguide.views.privacy import privacy
from esimguide.views.procedure import procedure_detail, procedure_preview, procedure_sheet
from esimguide.views.question import question_list, question_theme
from esimguide.views.report import report_channel, report_fact, report_step, report_thanks
from esimguide.views.search import search
from esimguide.views.service import service_detail, service_list
from esimguide.views.term import term_list
from esimguide.views.topic import topic_detail, topic_list
from esimguide.views.vote import did_this_help

handler400 = "esimguide.views.error.bad_request"
handler500 = "esimguide.views.error.server_error"

urlpatterns = [
    path("", language_choice, name="language_choice"),
    path("10", short_address, name="short_address"),
    path("10/", short_address, {"permanent": True}),
    path("changes.atom", feed_choice, name="feed_choice"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sw.js", service_worker, name="service_worker"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("admin/i18n/", include("django.conf.urls.i18n")),
    path("admin/coverage/", admin.site.admin_view(coverage), name="coverage"),
    path("admin/languages/", admin.site.admin_view(language_matrix), name="language_matrix"),
    path("admin/", admin.site.urls),
]
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("first-ten-minutes/", first_ten_minutes, name="first_ten_minutes"),
    path("codes/", service_list, name="service_list"),
    path("codes/<slug:slug>/", service_detail, name="service_detail"),
    path("answer/", answer, name="answer"),
    path("carriers/", carrier_list, name="carrier_list"),
    path("carriers/<slug:carrier>/", carrier_detail, name="carrier_detail"),
    path("carriers/<slug:carrier>/<slug:slug>/", procedure_detail, name="procedure_detail"),
    path(
        "carriers/<slug:carrier>/<slug:slug>/<slug:sheet>/", procedure_sheet, name="procedure_sheet"
    ),
    path("general/<slug:slug>/", procedure_detail, name="procedure_detail"),
    path("general/<slug:slug>/<slug:sheet>/", procedure_sheet, name="procedure_sheet"),
    path("preview/<str:token>/", procedure_preview, name="procedure_preview"),
    path("devices/", device_list, name="device_list"),
    path("devices/<slug:slug>/", device_detail, name="device_detail"),
    path("documents/", document_list, name="document_list"),
    path("misconceptions/", misconception_list, name="misconception_list"),
    path("questions/", question_list, name="question_list"),
    path("questions/<slug:theme>/", question_theme, name="question_theme"),
    path("topics/", topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topic_detail, name="topic_detail"),
    path("glossary/", term_list, name="term_list"),
    path("search/", search, name="search"),
    path("compare/", compare, name="compare"),
    path("changes/", change_list, name="change_list"),
    path("changes.atom", change_feed, name="change_feed"),
    path("privacy/", privacy, name="privacy"),
    path("saved/", saved, name="saved"),
    path("ask/", ask, name="ask"),
    path("ask/<str:key>/", inquiry_detail, name="inquiry_detail"),
    path("report/thanks/", report_thanks, name="report_thanks"),
    path("report/fact/<slug:fact>/", report_fact, name="report_fact"),
    path("report/channel/<slug:carrier>/<slug:channel>/", report_channel, name="report_channel"),
    path("report/step/<slug:carrier>/<slug:slug>/<int:number>/", report_step, name="report_step"),
    path("helped/<int:procedure>/", did_this_help, name="did_this_help"),
    path("about/", about, name="about"),
)
