"""What a story looks like on 今日, asked at its moments as the person who looks (D0.1, D4.1)."""


class BoardVerbs:
    """Verbs for the board, mixed with those of a story; the clock is the caller's."""

    def board(self, number, **options):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["gendan.today"].with_user(self.user(number)).with_company(
            self.company).board(**options)

    def on_board(self, order, number):
        """Return the row of ``order`` as ``number`` sees it."""
        return next(row for row in self.board(number)["rows"] if row["id"] == order.id)

    def lights(self, row):
        return {light["key"]: light["state"] for light in row["lights"]}

    def assertLights(self, row, **states):  # noqa: N802
        """Check the lights that are named."""
        shown = self.lights(row)
        self.assertEqual({key: shown[key] for key in states}, states)

    def text(self, row, key):
        return next(light["text"] for light in row["lights"] if light["key"] == key)
