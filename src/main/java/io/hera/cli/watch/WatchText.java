package io.hera.cli.watch;

import io.hera.cli.nodes.InstanceName;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.shell.Colour;
import io.hera.cli.shell.Terminal;
import io.hera.json.JsonWriter;
import io.hera.wire.TargetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The lines about changes, for people and for programs. */
final class WatchText {
  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Terminal terminal;
  private final boolean ofOneService;

  /** Names instances by their id alone if all are of one service. */
  WatchText(Terminal terminal, Optional<InstanceName> wanted) {
    this.terminal = terminal;
    this.ofOneService = wanted.isPresent();
  }

  /** Returns a line for people: time, sign, instance, and its address or why it has ended. */
  String line(Instant at, Happening happening) {
    String name = ofOneService
        ? Phrasing.name(happening.name().id().orElseThrow())
        : happening.name().toString();
    String more = switch (happening.kind()) {
      case REGISTERED, UPDATED -> address(happening.document());
      case ENDED -> Phrasing.printable(happening.why());
    };
    return time.format(at) + "  " + sign(happening) + "  " + name
        + (more.isEmpty() ? "" : "  " + more);
  }

  private String sign(Happening happening) {
    return switch (happening.kind()) {
      case REGISTERED -> terminal.paint(Colour.GREEN, "+");
      case UPDATED -> terminal.paint(Colour.YELLOW, "~");
      case ENDED -> terminal.paint(Colour.RED, "-");
    };
  }

  private static String address(byte[] document) {
    return TargetAddress.of(document)
        .map(found -> Phrasing.printable(found.address().toString()))
        .orElse("");
  }

  /** Returns one line of JSON. */
  static String json(Instant at, Happening happening) {
    JsonWriter out = new JsonWriter(happening.document().length + 128);
    out.ascii("{\"at\":").number(at.toEpochMilli());
    out.ascii(",\"type\":").string(happening.word());
    out.ascii(",\"service\":").string(happening.name().service());
    out.ascii(",\"id\":").string(happening.name().id().orElseThrow());
    if (happening.document().length > 0) {
      out.ascii(",\"instance\":").onOneLine(happening.document());
    }
    return new String(out.raw('}').toBytes(), StandardCharsets.UTF_8);
  }
}
