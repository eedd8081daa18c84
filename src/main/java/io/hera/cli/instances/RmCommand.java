package io.hera.cli.instances;

import io.hera.cli.nodes.Answer;
import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.nodes.RegistrationLine;
import io.hera.cli.reach.Cluster;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.FormOptions;
import io.hera.cli.shell.OutputForm;
import io.hera.cli.shell.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hera rm}: deregisters instances. */
@Command(
    name = "rm",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera rm [-h] SERVICE/ID... [-o FORM] [--nodes URLS]",
      "       hera rm [-h] SERVICE --all --yes [-o FORM] [--nodes URLS]"
    },
    description = {
      "Deregisters instances, and prints them. With -o json, hera import takes that back.",
      "An owner that goes on renewing with its document registers its instance again; see hera drain."
    })
public final class RmCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin
  private ReachOptions reach = new ReachOptions();

  @Mixin
  private FormOptions form = new FormOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "SERVICE/ID",
      description = "the instances, as in a path; with --all, services")
  private List<String> names = List.of();

  @Option(names = "--all", description = "all instances of the service, drained ones as well")
  private boolean all;

  @Option(names = "--yes", description = "confirms --all")
  private boolean yes;

  public RmCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    List<InstanceName> parsed = names.stream()
        .map(all ? InstanceName::parse : InstanceName::parseInstance)
        .toList();
    if (all && parsed.stream().anyMatch(name -> name.id().isPresent())) {
      throw new IllegalArgumentException("--all is for a SERVICE, not for SERVICE/ID");
    }
    Cluster cluster = Cluster.of(reach, around);
    return all ? removeServices(cluster, parsed) : removeInstances(cluster, parsed);
  }

  private int removeServices(Cluster cluster, List<InstanceName> services) {
    List<InstanceName> instances = new ArrayList<>();
    for (InstanceName service : services) {
      Listing.of(cluster.done(Ask.get(service.path() + "?all"), service))
          .forEach(one -> instances.add(service.instance(one.name())));
    }
    if (!yes) {
      throw new IllegalArgumentException(
          "this deregisters " + Phrasing.count(instances.size(), "instance") + ": add --yes");
    }
    return removeInstances(cluster, instances);
  }

  private int removeInstances(Cluster cluster, List<InstanceName> instances) {
    ExitCode code = ExitCode.DONE;
    for (InstanceName instance : instances) {
      Answer before = cluster.ask(Ask.get(instance.path()));
      cluster.done(Ask.delete(instance.path()), instance);
      if (before.status() == 404) {
        cluster.notes().complain(instance + " was not there");
        code = ExitCode.ABSENT;
      } else {
        print(instance, Optional.of(before.body()).filter(body -> before.status() == 200));
      }
    }
    return code.code();
  }

  /** Prints an instance; a client that may not read it does not know its document. */
  private void print(InstanceName instance, Optional<byte[]> document) {
    OutputForm chosen = form.orElse(OutputForm.TABLE);
    if (chosen == OutputForm.JSON && document.isPresent()) {
      byte[] line =
          RegistrationLine.of(instance.service(), instance.id().orElseThrow(), document.get());
      around.printer().line(new String(line, StandardCharsets.UTF_8));
    } else if (chosen == OutputForm.NAME || document.isEmpty()) {
      around.printer().line(instance.toString());
    } else {
      String text = new String(document.get(), StandardCharsets.UTF_8);
      around.printer().line(instance + "  " + Phrasing.printable(text.replaceAll("\\s+", " ")));
    }
  }
}
