"""What is asked before one act is done to many stories."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.roles import Verb
from articles.forms import LONGEST_TAG, MOST_TAGS, ChannelChoiceField
from articles.tags import split_tags
from channels.models import Channel
from channels.rights import channels_for


class BulkMoveForm(forms.Form):
    channel = ChannelChoiceField(Channel.objects.none(), label="移到")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = channels_for(person, Verb.WRITE)


class BulkTagForm(forms.Form):
    tags = forms.CharField(
        label="标签", max_length=200, help_text="用顿号或逗号分开，加在原有标签之后。"
    )

    def clean_tags(self) -> list[str]:
        tags = split_tags(self.cleaned_data["tags"])
        if len(tags) > MOST_TAGS:
            raise ValidationError(f"标签最多 {MOST_TAGS} 个，现在有 {len(tags)} 个。")
        too_long = [tag for tag in tags if len(tag) > LONGEST_TAG]
        if too_long:
            raise ValidationError(
                f"标签“{too_long[0][:10]}…”太长，最多 {LONGEST_TAG} 个字。"
            )
        return tags
