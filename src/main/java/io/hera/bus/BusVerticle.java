package io.hera.bus;

import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.View;
import io.hera.store.Readiness;
import io.hera.store.Store;
import io.hera.store.Write;
import io.hera.store.WriteBatcher;
import io.hera.store.history.Author;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves requests of other verticles, and publishes changes to them; the package's Javadoc lists both. */
public final class BusVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(BusVerticle.class);

  private static final Author AUTHOR = new Author() {
    @Override
    public String address() {
      return "event bus";
    }

    @Override
    public String identity() {
      return "";
    }
  };

  private final Store store;
  private final Readiness readiness;
  private final String node;
  private final Reach reach;
  private Settings settings;
  private @Nullable WriteBatcher writes;

  /** The event-bus side of the node of this name. */
  public BusVerticle(
      Store store, Readiness readiness, String node, Reach reach, Settings settings) {
    this.store = store;
    this.readiness = readiness;
    this.node = node;
    this.reach = reach;
    this.settings = settings;
  }

  /** The processes that it serves. */
  public enum Reach {
    /** The one in which it runs. */
    PROCESS,
    /** All members of the event-bus cluster, which Hera does not authenticate. */
    CLUSTER
  }

  /**
   * Limits of documents.
   *
   * @param documentBytesMax larger documents fail with 413
   * @param documentDepthMax deeper ones with 400
   */
  public record Settings(int documentBytesMax, int documentDepthMax) {}

  /** Serves the requests at one address. */
  @FunctionalInterface
  private interface Verb {
    Future<JsonObject> answer(Request request) throws ProblemException;
  }

  @Override
  public Future<?> start() {
    writes = new WriteBatcher(store, context);
    Announcer announcer = new Announcer(vertx, node, reach);
    List<Future<Void>> ready = new ArrayList<>();
    for (String prefix : List.of("hera.", "hera." + node + ".")) {
      ready.add(answer(prefix + "register", this::register));
      ready.add(answer(prefix + "renew", this::renew));
      ready.add(answer(prefix + "deregister", this::deregister));
      ready.add(answer(prefix + "lookup", this::lookup));
      ready.add(answer(prefix + "services", this::services));
    }
    ready.add(store.changes().subscribe(announcer::announce));
    return Future.all(ready);
  }

  /** Applies other settings. */
  public Future<Void> configure(Settings changed) {
    return Future.future(promise -> context.runOnContext(turn -> {
      settings = changed;
      promise.complete();
    }));
  }

  private Future<Void> answer(String address, Verb verb) {
    EventBus bus = vertx.eventBus();
    Handler<Message<Object>> handler = message -> answer(message, verb);
    MessageConsumer<Object> consumer = reach == Reach.PROCESS
        ? bus.localConsumer(address, handler)
        : bus.consumer(address, handler);
    return consumer.completion();
  }

  private static void answer(Message<Object> message, Verb verb) {
    try {
      verb.answer(new Request(message.body()))
          .onSuccess(message::reply)
          .onFailure(failure -> fail(message, failure));
    } catch (ProblemException | RuntimeException | Error failure) {
      fail(message, failure);
    }
  }

  /** Replies with the problem behind a failure. Any other failure is a defect: it is logged, and sent without detail. */
  private static void fail(Message<Object> message, Throwable failure) {
    if (failure instanceof ProblemException known) {
      fail(message, known.problem());
    } else {
      log.error("defect while serving a message", failure);
      fail(message, Problem.internal());
    }
  }

  private static void fail(Message<Object> message, Problem problem) {
    String at = problem.pointer().isEmpty() ? "" : " at " + problem.pointer();
    message.fail(problem.type().status(), problem.type().label() + ": " + problem.detail() + at);
  }

  private Future<JsonObject> register(Request request) throws ProblemException {
    Key key = request.key();
    byte[] document = request.instance();
    if (document.length > settings.documentBytesMax()) {
      throw new ProblemException(Problem.tooLarge(settings.documentBytesMax()));
    }
    try {
      Documents.check(document, settings.documentBytesMax(), settings.documentDepthMax());
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidDocument(malformed));
    }
    return write(new Write.Put(key, document, request.ttlMillis()));
  }

  private Future<JsonObject> renew(Request request) throws ProblemException {
    return write(new Write.Renew(request.key(), request.ttlMillis()));
  }

  private Future<JsonObject> deregister(Request request) throws ProblemException {
    return write(new Write.Remove(request.key()));
  }

  private Future<JsonObject> write(Write write) {
    return Objects.requireNonNull(writes)
        .send(new Write.By(AUTHOR, write))
        .compose(outcome -> outcome.isDone()
            ? Future.succeededFuture(new JsonObject())
            : Future.failedFuture(new ProblemException(Problem.of(outcome))));
  }

  private Future<JsonObject> lookup(Request request) throws ProblemException {
    checkReady();
    if (request.hasId()) {
      return store.find(request.key()).compose(BusVerticle::document);
    }
    Filter filter = request.filter();
    Future<Buffer> listing = filter.isEmpty()
        ? store
            .snapshotUncached(request.service())
            .map(numbered -> numbered.page().bytes())
        : store
            .matching(new Selection.OfService(Subject.of(request.service()), filter))
            .map(some -> some.unshared().bytes());
    return listing.map(DocumentReader::read);
  }

  /** A node that has just started does not know the instances yet (P7). */
  private void checkReady() throws ProblemException {
    if (!readiness.synchronised()) {
      throw new ProblemException(Problem.recovering());
    }
  }

  private static Future<JsonObject> document(Optional<InstanceView> found) {
    return found.isPresent()
        ? Future.succeededFuture(DocumentReader.read(found.get().document()))
        : Future.failedFuture(new ProblemException(Problem.unknownInstance()));
  }

  private Future<JsonObject> services(Request request) throws ProblemException {
    checkReady();
    return store.services(View.Extent.SHOWN).map(services -> {
      JsonObject json = new JsonObject();
      services.forEach((name, instances) ->
          json.put(name, new JsonObject().put("instances", instances.intValue())));
      return json;
    });
  }
}
