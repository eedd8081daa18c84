package io.hera.cli.keep;

import io.hera.cli.keep.KeptInstance.End;
import io.hera.cli.keep.KeptInstance.Owner;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.ProcessSignal;
import io.hera.cli.shell.Surroundings;
import io.hera.client.Document;
import io.hera.client.Offer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Keeps an instance registered in the foreground, until a signal ends it. */
public final class Keeping {
  private final ReachOptions options;
  private final Surroundings around;

  public Keeping(ReachOptions options, Surroundings around) {
    this.options = options;
    this.around = around;
  }

  /**
   * Returns when a signal has ended it, or no node takes it.
   *
   * @param document checked here as a node does
   */
  public ExitCode keep(InstanceName name, byte[] document, Duration ttl) {
    Offer offer = new Offer(name.service(), name.id().orElseThrow(), Document.of(document), ttl);
    Owner owner = Owner.of(options, around);
    CompletableFuture<String> signalled = new CompletableFuture<>();
    for (ProcessSignal signal : ProcessSignal.values()) {
      signal.handle(() -> signalled.complete(signal.word()));
    }
    try (KeptInstance instance = owner.keep(offer)) {
      CompletableFuture<ExitCode> refused =
          instance.refusal().thenApply(problem -> ExitCode.ofStatus(problem.status()));
      CompletableFuture<ExitCode> ended =
          signalled.thenApply(signal -> end(owner, instance, signal));
      return (ExitCode) CompletableFuture.anyOf(refused, ended).join();
    }
  }

  private static ExitCode end(Owner owner, KeptInstance instance, String signal) {
    End end = instance.deregister();
    owner.notes().say(signal + ": " + instance.sentence(end));
    return end == End.DOUBTFUL ? ExitCode.UNREACHABLE : ExitCode.DONE;
  }
}
