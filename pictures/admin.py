from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pictures.models import Picture


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ["thumbnail", "title", "alt_text", "credit", "size", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_per_page = 50
    search_fields = ["title", "alt_text", "caption", "credit"]
    show_full_result_count = False
    date_hierarchy = "created_at"
    actions = None
    fieldsets = [
        ("图片", {"fields": ["file", "focal_point"]}),
        ("说明", {"fields": ["title", "alt_text", "caption", "credit"]}),
    ]

    class Media:
        js = ["admin_theme/focal-point.js"]

    @admin.display(description="图片")
    def thumbnail(self, picture: Picture) -> SafeString:
        # The link around it also has the name as text.
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" width="80" height="80">',
            picture.file.tile,
            picture.title,
        )

    @admin.display(description="尺寸")
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"
