package io.hera.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The registrations of a client, one at most per instance. Any thread may register and read. */
final class Registrations {
  /** Time for the application to say, after it has registered, that a health check comes first. */
  private static final Duration FIRST = Duration.ofMillis(20);

  private record Key(String service, String id) {}

  private final OwnRegistration.Parts parts;
  private final OwnHost host;
  private final Relocation relocation;
  private final Optional<String> zone;
  private final Map<Key, OwnRegistration> living = new ConcurrentHashMap<>();
  private final Map<OwnRegistration, Boolean> unnamed = new ConcurrentHashMap<>();

  Registrations(
      OwnRegistration.Parts parts, OwnHost host, Relocation relocation, Optional<String> zone) {
    this.parts = parts;
    this.host = host;
    this.relocation = relocation;
    this.zone = zone;
  }

  /** Begins a registration. Throws an {@link IllegalStateException} if one of the same key is living. */
  OwnRegistration register(Offer asked) {
    Offer offer = zone.filter(name -> asked.document().get("zone").isEmpty())
        .map(name -> asked.with("zone", name))
        .orElse(asked);
    OwnRegistration registration = new OwnRegistration(offer, parts, this::ended);
    if (offer.id().isEmpty()) {
      unnamed.put(registration, true);
    } else {
      claim(offer, registration);
    }
    loop().after(FIRST, () -> locate(offer, registration));
    return registration;
  }

  private void claim(Offer offer, OwnRegistration registration) {
    Key key = new Key(offer.service(), offer.id());
    if (living.putIfAbsent(key, registration) != null) {
      throw new IllegalStateException(
          offer.service() + "/" + offer.id() + " is registered already");
    }
  }

  private void locate(Offer offer, OwnRegistration registration) {
    if (!offer.needsHost()) {
      registration.locatedAt(offer);
      return;
    }
    After.of(
        host.find(parts.beats().nodes().all()),
        (found, failure) -> loop().execute(() -> {
          if (registration.state() == Registration.State.CLOSED) {
            return;
          }
          if (found instanceof Advertised.Known known) {
            take(offer, registration, known.host());
          } else {
            loop().after(Backoff.FIRST_CAP, () -> locate(offer, registration));
          }
        }));
  }

  private void take(Offer offer, OwnRegistration registration, String found) {
    Offer whole = offer.at(found);
    try {
      if (unnamed.remove(registration) != null) {
        claim(whole, registration);
      }
      registration.locatedAt(whole);
      if (!offer.hasHost()) {
        relocation.follow(registration, found);
      }
    } catch (IllegalStateException taken) {
      registration.impossible(HeraProblem.unanswered(String.valueOf(taken.getMessage())));
    }
  }

  /** Ends all registrations in parallel. */
  CompletableFuture<Void> closing() {
    List<OwnRegistration> all = all();
    return CompletableFuture.allOf(
        all.stream().map(OwnRegistration::closing).toArray(CompletableFuture[]::new));
  }

  /** Forgets a registration that has ended. */
  private void ended(OwnRegistration registration) {
    living.values().remove(registration);
    unnamed.remove(registration);
    relocation.forget(registration);
    parts.reports().forget(registration);
  }

  List<OwnRegistration> all() {
    return Stream.concat(living.values().stream(), unnamed.keySet().stream()).toList();
  }

  private Loop loop() {
    return parts.beats().calls().loop;
  }
}
