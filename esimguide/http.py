"""placeholder"""
from django.http import HttpRequest, HttpResponse
def RefuseOddRequests(get_response):
    return get_response
