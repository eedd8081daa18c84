package io.hera.torture;

import io.hera.torture.Conditions.Cut;
import io.hera.torture.Conditions.Life;
import io.hera.torture.Conditions.Stop;
import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The record of a torture, to be judged.
 *
 * <p>In a file, it has one line per element, with fields separated by tabs.
 *
 * @param events all requests of the clients
 * @param conditions what the driver did to processes and links
 * @param fair the spans without faults that delay anything, each of which began with equal nodes
 */
record History(List<Event> events, Conditions conditions, List<Span> fair) {
  private static final String LIFE = "LIFE";
  private static final String STOP = "STOP";
  private static final String CUT = "CUT";
  private static final String FAIR = "FAIR";

  /** A span of time, in milliseconds of the driver's clock. */
  record Span(long from, long to) {
    boolean has(Event event) {
      return from <= event.called() && event.returned() <= to;
    }

    /** Whether it has a time in common with the span between these times. */
    boolean meets(long begin, long end) {
      return from <= end && begin <= to;
    }
  }

  void write(Path file) throws IOException {
    List<String> lines = Stream.of(
            conditions.lives().stream().map(History::line),
            conditions.stops().stream().map(stop -> line(STOP, stop.at(), stop.span())),
            conditions.cuts().stream().map(History::line),
            fair.stream().map(span -> tabbed(FAIR, span.from, span.to)),
            events.stream().map(History::line))
        .flatMap(all -> all)
        .toList();
    Files.write(file, lines);
  }

  static History read(Path file) throws IOException {
    Conditions conditions = new Conditions(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    History history = new History(new ArrayList<>(), conditions, new ArrayList<>());
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split("\t", -1);
      switch (fields[0]) {
        case LIFE -> conditions.lives().add(life(fields));
        case STOP -> conditions.stops().add(new Stop(at(fields), span(3, fields)));
        case CUT -> conditions.cuts().add(new Cut(fields[1], fields[2], span(3, fields)));
        case FAIR -> history.fair.add(span(1, fields));
        default -> history.events.add(event(fields));
      }
    }
    return history;
  }

  private static String tabbed(Object... fields) {
    return Stream.of(fields).map(String::valueOf).collect(Collectors.joining("\t"));
  }

  private static String line(String kind, At at, Span span) {
    return tabbed(kind, at.node(), at.life(), span.from, span.to);
  }

  private static String line(Life life) {
    return tabbed(
        LIFE, life.at().node(), life.at().life(), life.started(), life.ready(), life.ended());
  }

  private static String line(Cut cut) {
    return tabbed(CUT, cut.asker(), cut.asked(), cut.span().from, cut.span().to);
  }

  private static At at(String... fields) {
    return new At(fields[1], Integer.parseInt(fields[2]));
  }

  private static Life life(String... fields) {
    return new Life(
        at(fields),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]),
        Long.parseLong(fields[5]));
  }

  private static Span span(int first, String... fields) {
    return new Span(Long.parseLong(fields[first]), Long.parseLong(fields[first + 1]));
  }

  /** Writes an event; the body may be an error of several lines, which become one. */
  private static String line(Event e) {
    String body = e.body().replaceAll("[\\t\\r\\n]", " ");
    return tabbed(
        e.kind(),
        e.at().node(),
        e.at().life(),
        e.key(),
        e.status(),
        e.called(),
        e.returned(),
        body);
  }

  private static Event event(String... fields) {
    return new Event(
        Kind.valueOf(fields[0]),
        at(fields),
        fields[3],
        Integer.parseInt(fields[4]),
        fields[7],
        Long.parseLong(fields[5]),
        Long.parseLong(fields[6]));
  }

  List<Event> of(String key) {
    return events.stream().filter(e -> e.key().equals(key)).toList();
  }

  /** Returns the events of the same key around an event, to investigate a violation. */
  List<Event> around(Event event, long millis) {
    return of(event.key()).stream()
        .filter(e -> e.returned() >= event.called() - millis)
        .filter(e -> e.called() <= event.returned() + millis)
        .toList();
  }
}
