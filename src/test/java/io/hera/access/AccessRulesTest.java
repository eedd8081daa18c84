package io.hera.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.access.AccessRules.Entry;
import io.hera.access.Authenticator.Flaw;
import io.hera.access.Authenticator.Invalid;
import io.hera.access.Authenticator.Known;
import io.hera.access.Need.General;
import io.hera.access.Permission.Ability;
import io.hera.access.ServicePattern.Match;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who sends a request, and what that allows. */
class AccessRulesTest {
  private static final List<CertificateName> NONE = List.of();
  private static final Random RANDOM = new Random(3);
  private static final String WRITER = Token.make(RANDOM);
  private static final String OPERATOR = Token.make(RANDOM);
  private static final String UNKNOWN = Token.make(RANDOM);

  private static final AccessRules RULES = rules(
      entry(
          "billing",
          List.of(WRITER),
          new Permission.Write(exact("billing")),
          new Permission.Read(new ServicePattern("stock-", Match.PREFIX))),
      entry("ops", List.of(OPERATOR), Ability.OPERATE));

  private final Authenticator authenticator = new Authenticator();

  private static ServicePattern exact(String name) {
    return new ServicePattern(name, Match.EXACT);
  }

  private static AccessRules rules(Entry... entries) {
    return new AccessRules(List.of(entries), "0123456789abcdef");
  }

  private static Entry entry(String name, List<String> tokens, Permission... permissions) {
    return new Entry(
        new Identity(name, List.of(), Grants.of(List.of(permissions))),
        tokens.stream()
            .map(token -> new TokenReader().hash(token).orElseThrow())
            .toList(),
        NONE);
  }

  private Caller caller(String token) {
    return ((Known) authenticator.sender(RULES, "Bearer " + token, NONE)).caller();
  }

  private Flaw flaw(String authorization) {
    return ((Invalid) authenticator.sender(RULES, authorization, NONE)).flaw();
  }

  @Test
  void aTokenStandsForItsIdentity() {
    Caller caller = caller(WRITER);
    assertThat(caller.identity().name()).isEqualTo("billing");
    assertThat(caller.proof())
        .isEqualTo(new Proof.ByToken(new TokenReader().hash(WRITER).orElseThrow()));
    assertThat(caller.isAnonymous()).isFalse();
  }

  @Test
  void theSchemeIsWrittenInAnyCaseAndFollowedBySpaces() {
    for (String scheme : List.of("Bearer ", "bearer ", "BEARER   ")) {
      assertThat(authenticator.sender(RULES, scheme + WRITER, NONE)).isInstanceOf(Known.class);
    }
    assertThat(flaw("Bearer" + WRITER)).isEqualTo(Flaw.UNKNOWN);
    assertThat(flaw(WRITER)).isEqualTo(Flaw.UNKNOWN);
    assertThat(flaw("Basic " + WRITER)).isEqualTo(Flaw.UNKNOWN);
    assertThat(flaw("Bearer\t" + WRITER)).isEqualTo(Flaw.UNKNOWN);
    assertThat(flaw("Bearer " + WRITER + ", Bearer " + OPERATOR)).isNotNull();
    assertThat(flaw("")).isEqualTo(Flaw.UNKNOWN);
  }

  @Test
  void aDamagedTokenIsToldFromAnUnknownOne() {
    assertThat(flaw("Bearer " + UNKNOWN)).isEqualTo(Flaw.UNKNOWN);
    assertThat(flaw("Bearer " + WRITER.substring(0, 53))).isEqualTo(Flaw.DAMAGED);
    assertThat(flaw("Bearer " + WRITER.replaceFirst("_(.)", "_$1$1"))).isEqualTo(Flaw.DAMAGED);
    assertThat(flaw("Bearer " + "x".repeat(15_000))).isEqualTo(Flaw.UNKNOWN);
    assertThat(flaw("Bearer " + new TokenReader().hash(WRITER).orElseThrow().written()))
        .isEqualTo(Flaw.UNKNOWN);
  }

  @Test
  void aSenderWithoutAProofIsAStrangerWhoMayDoNothing() {
    Caller stranger = ((Known) authenticator.sender(RULES, null, NONE)).caller();
    assertThat(stranger.isAnonymous()).isTrue();
    assertThat(General.NOTHING.isMet(stranger)).isTrue();
    assertThat(General.KNOWN.isMet(stranger)).isFalse();
    assertThat(General.READ_SOME.isMet(stranger)).isFalse();
    assertThat(new Need.Read("billing").isMet(stranger)).isFalse();
  }

  @Test
  void aStrangerMayDoWhatTheEntryAnonymousSays() {
    AccessRules open = rules(entry("anonymous", List.of(), new Permission.Read(exact("public"))));
    Caller stranger = ((Known) authenticator.sender(open, null, NONE)).caller();
    assertThat(stranger.isAnonymous()).isTrue();
    assertThat(new Need.Read("public").isMet(stranger)).isTrue();
    assertThat(new Need.Write("public").isMet(stranger)).isFalse();
    assertThat(new Need.Read("billing").isMet(stranger)).isFalse();
  }

  @Test
  void eachOfSeveralServicesMustBeReadable() {
    Caller billing = caller(WRITER);
    Need both = new Need.ReadEach(List.of("billing", "stock-1"));
    assertThat(both.isMet(billing)).isTrue();
    Need one = new Need.ReadEach(List.of("billing", "orders", "other"));
    assertThat(one.isMet(billing)).isFalse();
    assertThat(one.lacking(billing)).isEqualTo(new Need.Read("orders"));
    assertThat(one.verb()).isEqualTo("read");
    assertThat(new Need.Read("orders").lacking(billing)).isEqualTo(new Need.Read("orders"));
  }

  @Test
  void writeImpliesReadAndNothingElse() {
    Caller billing = caller(WRITER);
    assertThat(new Need.Write("billing").isMet(billing)).isTrue();
    assertThat(new Need.Read("billing").isMet(billing)).isTrue();
    assertThat(new Need.Read("stock-1").isMet(billing)).isTrue();
    assertThat(new Need.Write("stock-1").isMet(billing)).isFalse();
    assertThat(new Need.Read("orders").isMet(billing)).isFalse();
    assertThat(new Need.Able(Ability.METRICS).isMet(billing)).isFalse();
    assertThat(General.SEE_ENTRIES.isMet(billing)).isFalse();
    assertThat(General.WRITE_SOME.isMet(billing)).isTrue();
    assertThat(billing.readsAll()).isFalse();
  }

  @Test
  void operateImpliesReadAndMetricsButNeitherWriteNorPeer() {
    Caller ops = caller(OPERATOR);
    assertThat(ops.readsAll()).isTrue();
    assertThat(new Need.Able(Ability.METRICS).isMet(ops)).isTrue();
    assertThat(General.SEE_ENTRIES.isMet(ops)).isTrue();
    assertThat(new Need.Write("billing").isMet(ops)).isFalse();
    assertThat(General.WRITE_SOME.isMet(ops)).isFalse();
    assertThat(ops.grants().has(Ability.PEER)).isFalse();
  }

  @Test
  void withoutRulesEverythingIsAllowed() {
    Caller any = Caller.UNRESTRICTED;
    assertThat(new Need.Write("billing").isMet(any)).isTrue();
    assertThat(General.KNOWN.isMet(any)).isTrue();
    assertThat(any.grants().has(Ability.PEER)).isTrue();
    assertThat(any.readsAll()).isTrue();
  }

  @Test
  void theSenderOfAConnectionIsJudgedAnewWithAnotherHeaderOrOtherRules() {
    KnownSender sender = new KnownSender();
    Authenticator.Result first = sender.of(authenticator, RULES, "Bearer " + WRITER, NONE);
    assertThat(sender.of(authenticator, RULES, new String("Bearer " + WRITER), NONE))
        .isSameAs(first);
    assertThat(sender.of(authenticator, RULES, "Bearer " + UNKNOWN, NONE))
        .isInstanceOf(Invalid.class);
    assertThat(((Known) sender.of(authenticator, RULES, null, NONE)).caller().isAnonymous())
        .isTrue();
    assertThat(sender.of(authenticator, RULES, "Bearer " + WRITER, NONE)).isEqualTo(first);
    assertThat(sender.of(authenticator, rules(), "Bearer " + WRITER, NONE))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aNameOrAHashTwiceIsRefused() {
    assertThatThrownBy(() -> rules(entry("a", List.of(WRITER)), entry("b", List.of(WRITER))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rules(entry("a", List.of()), entry("a", List.of(WRITER))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDifferenceNamesEachIdentityThatIsAddedChangedOrRemoved() {
    AccessRules next = rules(
        entry("billing", List.of(WRITER), new Permission.Write(exact("billing"))),
        entry("shop", List.of(UNKNOWN)));
    assertThat(RULES.difference(next))
        .containsExactly("removed ops", "changed billing", "added shop");
    assertThat(RULES.difference(RULES)).isEmpty();
  }
}
