package io.hera.bench.core;

import io.hera.access.AccessRules;
import io.hera.access.Authenticator;
import io.hera.access.Authenticator.Known;
import io.hera.access.Grants;
import io.hera.access.Identity;
import io.hera.access.KnownSender;
import io.hera.access.Need;
import io.hera.access.Permission;
import io.hera.access.ServicePattern;
import io.hera.access.ServicePattern.Match;
import io.hera.access.Token;
import io.hera.access.TokenReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The judgement of a request, with 1,000 identities that have ten permissions each: from the header to the answer whether the sender may
 * write the service. A hit is the next request of a connection, a miss its first one, or one with another token.
 */
@State(Scope.Benchmark)
public class AccessBenchmark extends CoreBenchmark {
  private static final int IDENTITIES = 1_000;
  private static final int SERVICES = 8;

  private final Authenticator authenticator = new Authenticator();
  private final KnownSender known = new KnownSender();
  private final Need need = new Need.Write("service-3");
  private AccessRules rules;
  private String first;
  private String second;
  private boolean other;

  @Setup
  public void make() {
    Random random = new Random(1);
    TokenReader reader = new TokenReader();
    List<AccessRules.Entry> entries = new ArrayList<>();
    for (int i = 0; i < IDENTITIES; i++) {
      String token = Token.make(random);
      Identity identity = new Identity("identity-" + i, List.of(), grants());
      entries.add(
          new AccessRules.Entry(identity, List.of(reader.hash(token).orElseThrow()), List.of()));
      second = first;
      first = "Bearer " + token;
    }
    rules = new AccessRules(entries, "0123456789abcdef");
  }

  private static Grants grants() {
    List<Permission> permissions = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      permissions.add(new Permission.Write(new ServicePattern("service-" + i, Match.EXACT)));
    }
    permissions.add(new Permission.Read(new ServicePattern("public-", Match.PREFIX)));
    permissions.add(new Permission.Write(new ServicePattern("own-", Match.PREFIX)));
    return Grants.of(permissions);
  }

  /** Judges a request with the header of the one before; each has a string of its own, as from a socket. */
  @Benchmark
  public boolean hit() {
    return judge(new String(first));
  }

  /** Judges a request with another header than the one before. */
  @Benchmark
  public boolean miss() {
    other = !other;
    return judge(other ? first : second);
  }

  private boolean judge(String header) {
    return known.of(authenticator, rules, header, List.of()) instanceof Known sender
        && need.isMet(sender.caller());
  }
}
