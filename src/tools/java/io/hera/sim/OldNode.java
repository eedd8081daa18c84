package io.hera.sim;

import io.hera.json.Malformed;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.wire.DeltasTarget;
import io.hera.wire.DigestQuery;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A simulated node of 2012. */
final class OldNode extends Machine {
  private final World world;
  private final List<String> peers;
  private OldLog log;
  private int turn;

  OldNode(String name, World world) {
    super(name, world.timeline, world.plan.cluster().clockTickMillis());
    this.world = world;
    this.peers =
        world.plan.cluster().nodes().stream().filter(peer -> !peer.equals(name)).toList();
    this.log = emptyLog();
  }

  private OldLog emptyLog() {
    Plan.Cluster cluster = world.plan.cluster();
    return new OldLog(Set.copyOf(cluster.nodes()), cluster.livenessMillis());
  }

  @Override
  void boot() {
    log = emptyLog();
    round();
  }

  void put(String path, String document) {
    int slash = path.indexOf('/');
    log.put(
        name,
        path.substring(0, slash),
        path.substring(slash + 1),
        new JsonObject(document),
        clock.millis());
    world.observer.wroteAtOldNode(document);
  }

  @Override
  void receive(Request request, Consumer<Response> reply) {
    try {
      Digest digest = DigestQuery.decode(request.query(), 100);
      String answer = log.answer(digest.horizons(), clock.millis());
      reply.accept(new Response(Dialect.V1, answer.getBytes(StandardCharsets.UTF_8)));
    } catch (Malformed malformed) {
      reply.accept(Response.REFUSED);
    }
  }

  private void round() {
    later(world.plan.cluster().intervalMillis(), this::round);
    String peer = peers.get(turn++ % peers.size());
    String target = DeltasTarget.of(new Digest(log.digest())).encode();
    Request request = new Request("", Dialect.V1, target);
    world.ask(this, peer, request, this::answered, () -> {});
  }

  private void answered(Response response) {
    if (!response.refused()) {
      log.merge(response.body());
    }
  }
}
