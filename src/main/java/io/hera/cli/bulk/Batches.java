package io.hera.cli.bulk;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.reach.Cluster;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import io.hera.wire.Percent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends registrations in slices, and names those that were refused. */
final class Batches {
  private static final int SLICE_BYTES = 1 << 20;
  private static final Pattern LINE = Pattern.compile("line ([0-9]{1,9})");

  private final Cluster cluster;
  private final Progress progress;
  private final Optional<String> ttl;
  private final ByteArrayOutputStream slice = new ByteArrayOutputStream(SLICE_BYTES);
  private final List<String> names = new ArrayList<>();
  private long done;
  private long faults;

  /**
   * Creates them.
   *
   * @param ttl of those that have none, may be empty; nothing is sent without it
   */
  Batches(Cluster cluster, Progress progress, Optional<String> ttl) {
    this.cluster = cluster;
    this.progress = progress;
    this.ttl = ttl;
  }

  /** Returns how many were registered, or have passed the check. */
  long done() {
    return done;
  }

  /** Returns how many were refused. */
  long faults() {
    return faults;
  }

  void add(Item item) {
    if (ttl.isEmpty()) {
      item.flaw().ifPresentOrElse(flaw -> fault(item.name(), flaw), () -> done++);
      return;
    }
    if (slice.size() > 0 && slice.size() + item.line().length > SLICE_BYTES) {
      send();
    }
    slice.writeBytes(item.line());
    slice.write('\n');
    names.add(item.name());
  }

  void end() {
    if (slice.size() > 0) {
      send();
    }
  }

  private void send() {
    String query = ttl.filter(text -> !text.isEmpty())
        .map(text -> "?ttl=" + Percent.encode(text))
        .orElse("");
    Ask ask = Ask.post("/_batch" + query, slice.toByteArray())
        .with("Content-Type", "application/x-ndjson");
    Answer answer = cluster.done(ask, "a batch, after " + Phrasing.count(done, "registration"));
    long before = faults;
    report(answer);
    done += names.size() - (faults - before);
    slice.reset();
    names.clear();
    progress.at(done);
  }

  private void report(Answer answer) {
    JsonFields errors = fields(answer);
    errors
        .objectOrEmpty("errors")
        .objects()
        .forEach((service, ids) ->
            ids.objects().forEach((id, problem) -> fault(name(service, id), detail(problem))));
    faults += errors.number("more", 0);
  }

  private static JsonFields fields(Answer answer) {
    try {
      return JsonFields.parse(answer.body());
    } catch (Malformed malformed) {
      throw new CommandFailed(
          ExitCode.UNREACHABLE,
          answer.node() + " does not answer as a node does: " + malformed.reason());
    }
  }

  /** A line without names is reported by its number within the slice. */
  private String name(String service, String id) {
    Matcher line = LINE.matcher(id);
    if (service.isEmpty() && line.matches()) {
      int number = Integer.parseInt(line.group(1));
      return number >= 1 && number <= names.size() ? names.get(number - 1) : id;
    }
    return Phrasing.name(service) + "/" + Phrasing.name(id);
  }

  private static String detail(JsonFields problem) {
    String type = problem.text("type", "").replaceFirst("^urn:hera:problem:", "");
    return type + ": " + problem.text("detail", "refused");
  }

  private void fault(String name, String flaw) {
    faults++;
    cluster.notes().complain(name + ": " + flaw);
  }
}
