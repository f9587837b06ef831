"""The picture tags: the clock, the register year, the last weeks."""

from django import template

register = template.Library()
