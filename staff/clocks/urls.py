"""Addresses of hours, days off and targets."""

from django.urls import path

from staff.views import clocks

urlpatterns = [
    path("staff/clocks/", clocks.clocks, name="clocks"),
    path("staff/clocks/hours/", clocks.set_hours, name="set_hours"),
    path("staff/clocks/days-off/add/", clocks.add_holiday, name="add_holiday"),
    path("staff/clocks/days-off/<str:day>/remove/", clocks.remove_holiday, name="remove_holiday"),
    path("staff/clocks/calendar/", clocks.look_at_calendar, name="look_at_calendar"),
    path("staff/clocks/calendar/keep/", clocks.keep_days, name="keep_days"),
    path("staff/clocks/policies/new/", clocks.policy, name="new_policy"),
    path("staff/clocks/policies/<int:pk>/", clocks.policy, name="policy"),
    path("staff/clocks/policies/<int:pk>/remove/", clocks.remove_policy, name="remove_policy"),
    path("staff/clocks/policies/<int:pk>/<str:way>/", clocks.move_policy, name="move_policy"),
]
