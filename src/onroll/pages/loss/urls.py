"""The address says nothing of what it is about."""

from django.urls import path

from onroll.pages.loss import views

app_name = "loss"
urlpatterns = [path("", views.show, name="show")]
