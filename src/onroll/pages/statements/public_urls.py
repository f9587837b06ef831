"""The address that a family is given."""

from django.urls import path

from onroll.pages.statements import public

app_name = "statement"
urlpatterns = [path("<str:token>/", public.show, name="show")]
