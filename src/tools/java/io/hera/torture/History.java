package io.hera.torture;

import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The record of a torture, to be judged.
 *
 * <p>In a file, it has one line per element, with fields separated by tabs.
 *
 * @param events all requests of the clients
 * @param pauses the spans in which a process stood still
 * @param fair the spans without faults, each of which began with equal nodes
 */
record History(List<Event> events, List<Span> pauses, List<Span> fair) {
  private static final String PAUSE = "PAUSE";
  private static final String FAIR = "FAIR";

  /** A span of time, in milliseconds of the driver's clock. */
  record Span(long from, long to) {
    boolean has(Event event) {
      return from <= event.called() && event.returned() <= to;
    }
  }

  void write(Path file) throws IOException {
    List<String> lines = Stream.of(
            pauses.stream().map(span -> line(PAUSE, span)),
            fair.stream().map(span -> line(FAIR, span)),
            events.stream().map(History::line))
        .flatMap(all -> all)
        .toList();
    Files.write(file, lines);
  }

  static History read(Path file) throws IOException {
    History history = new History(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split("\t", -1);
      switch (fields[0]) {
        case PAUSE -> history.pauses.add(span(fields));
        case FAIR -> history.fair.add(span(fields));
        default -> history.events.add(event(fields));
      }
    }
    return history;
  }

  private static String line(String kind, Span span) {
    return "%s\t%d\t%d".formatted(kind, span.from, span.to);
  }

  private static Span span(String... fields) {
    return new Span(Long.parseLong(fields[1]), Long.parseLong(fields[2]));
  }

  /** Writes an event; the body may be an error of several lines, which become one. */
  private static String line(Event e) {
    String body = e.body().replaceAll("[\\t\\r\\n]", " ");
    return "%s\t%s\t%d\t%s\t%d\t%d\t%d\t%s"
        .formatted(
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
        new At(fields[1], Integer.parseInt(fields[2])),
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
