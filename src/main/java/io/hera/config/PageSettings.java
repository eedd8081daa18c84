package io.hera.config;

import static io.hera.config.Setting.Effect.RECONNECT;

import io.hera.config.Setting.Fixed;
import io.hera.config.source.ValueTypes;
import io.hera.wire.UiMode;
import java.util.List;

/** The row for {@code ui}, the page for browsers, in the table of settings; see {@link Settings}. */
public final class PageSettings {
  public static final Setting<UiMode> UI = new Setting<>(
      "ui",
      ValueTypes.word(List.of(UiMode.values())),
      new Fixed<>(UiMode.TRUE),
      RECONNECT,
      Config::ui,
      "Whether the node serves its page for browsers at /_ui/, and leads a browser there that asks"
          + " for /. With read-only, the page offers nothing that changes an instance.",
      "read-only limits the page, not the API: access does that.");

  static final List<Setting<?>> ROWS = List.of(UI);

  private PageSettings() {}
}
