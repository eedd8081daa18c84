package io.hera.cli.instances;

import io.hera.cli.instances.InstanceQuery.Drained;
import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.FormOptions;
import io.hera.cli.shell.OutputForm;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.shell.Table;
import io.hera.cli.shell.Table.Cell;
import io.hera.json.ObjectCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera ls}: lists services, or the instances of one. */
@Command(
    name = "ls",
    synopsisHeading = "usage: ",
    customSynopsis = "hera ls [-h] [SERVICE] [--match K:V]... [--all] [-o FORM] [--nodes URLS]",
    description = {
      "Lists the services with the number of their instances, or the instances of one service.",
      "The columns are members of the documents by custom: host and port, or address; zone, status, version."
    })
public final class LsCommand implements Callable<Integer> {
  /** Each costs a request. */
  private static final int WIDE_MAX = 100;

  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Mixin
  private FormOptions form = new FormOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "lists the instances of this service")
  private Optional<String> service = Optional.empty();

  @Option(
      names = "--match",
      paramLabel = "K:V",
      description =
          "only instances with this member at the top of their document; several times for several")
  private List<String> matches = List.of();

  @Option(names = "--all", description = "also instances that drains hide")
  private boolean all;

  public LsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (service.isEmpty() && (all || !matches.isEmpty())) {
      throw new IllegalArgumentException("--match and --all need a SERVICE");
    }
    Cluster cluster = Cluster.of(reach, around);
    if (service.isEmpty()) {
      services(cluster);
    } else {
      instances(
          cluster, InstanceQuery.of(service.get(), matches, all ? Drained.LISTED : Drained.HIDDEN));
    }
    return 0;
  }

  private void services(Cluster cluster) {
    Answer answer = cluster.done(Ask.get("/"), "the list of services");
    switch (form.orElse(OutputForm.TABLE)) {
      case JSON -> around.printer().line(answer.text());
      case NAME ->
        Listing.of(answer).forEach(one -> around.printer().line(Phrasing.name(one.name())));
      case TABLE, WIDE -> around.printer().text(table(Listing.of(answer)).text(around.terminal()));
    }
  }

  private static Table table(List<Listing.Member> services) {
    Table table = new Table(List.of("SERVICE", "INSTANCES"));
    services.forEach(
        one -> table.row(List.of(Cell.of(Phrasing.name(one.name())), Cell.of(instances(one)))));
    return table;
  }

  private static String instances(Listing.Member service) {
    return service.isObject()
        ? ObjectCursor.texts(service.value()).getOrDefault("instances", "")
        : "";
  }

  private void instances(Cluster cluster, InstanceQuery query) {
    Answer answer = cluster.done(Ask.get(query.target()), query.name());
    List<Listing.Member> found = Listing.of(answer);
    switch (form.orElse(OutputForm.TABLE)) {
      case JSON -> around.printer().line(answer.text());
      case NAME ->
        found.forEach(
            one -> around.printer().line(query.name().instance(one.name()).toString()));
      case TABLE -> around.printer().text(InstanceTable.narrow(found).text(around.terminal()));
      case WIDE ->
        around
            .printer()
            .text(InstanceTable.wide(found, lives(cluster, query.name(), found))
                .text(around.terminal()));
    }
    if (found.isEmpty()) {
      cluster.notes().say("no instances of " + query.name());
    }
    answer
        .header("hera-drained")
        .ifPresent(hidden -> cluster.notes().say(hidden + " hidden by drains: --all shows them"));
  }

  private static Map<String, InstanceTable.Life> lives(
      Cluster cluster, InstanceName service, List<Listing.Member> found) {
    Map<String, InstanceTable.Life> lives = new HashMap<>();
    for (Listing.Member one : found.subList(0, Math.min(found.size(), WIDE_MAX))) {
      Answer answer = cluster.ask(Ask.get(service.instance(one.name()).path()));
      lives.put(
          one.name(),
          new InstanceTable.Life(
              answer.header("hera-origin").orElse(""),
              answer.header("hera-expires-in").map(seconds -> seconds + " s").orElse("")));
    }
    if (found.size() > WIDE_MAX) {
      cluster.notes().say("node and expiry of the first " + WIDE_MAX + " of " + found.size());
    }
    return lives;
  }
}
