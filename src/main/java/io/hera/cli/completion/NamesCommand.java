package io.hera.cli.completion;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.Contexts;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.Surroundings;
import io.hera.json.Documents;
import io.hera.json.ObjectCursor;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera __names}: prints what may stand where a name is being typed; nothing if anything goes wrong, and within 300 ms. */
@Command(name = "__names", hidden = true)
public final class NamesCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Option(names = "--contexts", hidden = true)
  private boolean contexts;

  @Parameters(index = "0", arity = "0..1", hidden = true)
  private String typed = "";

  public NamesCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try {
      if (contexts) {
        Contexts.of(around.environment()).names().forEach(around.printer()::line);
      } else {
        names();
      }
    } catch (RuntimeException silent) {
      // A message would stand in the middle of the line that is being typed.
    }
    return 0;
  }

  private void names() {
    Cluster cluster = Cluster.of(reach.hasty(), around);
    int slash = typed.indexOf('/');
    if (slash < 0) {
      print(cluster.ask(Ask.get("/")), Optional.empty());
    } else {
      InstanceName service = InstanceName.parse(typed.substring(0, slash));
      print(cluster.ask(Ask.get(service.path())), Optional.of(service));
    }
  }

  private void print(Answer answer, Optional<InstanceName> service) {
    if (answer.status() != 200 || !Documents.isStructure(answer.body())) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    ObjectCursor members = new ObjectCursor(answer.body());
    while (members.next()) {
      String name = members.name();
      lines
          .append(
              service.map(of -> of.instance(name).toString()).orElseGet(() -> Phrasing.name(name)))
          .append('\n');
    }
    around.printer().text(lines.toString());
  }
}
