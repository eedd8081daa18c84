package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.wire.PeerReply;
import io.hera.wire.ProblemException;
import io.hera.wire.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** However many operators ask, peers get each question once a second. */
class QuestionsTest {
  private final List<String> targets = new ArrayList<>();
  private final List<Promise<Map<String, PeerReply>>> replies = new ArrayList<>();
  private long now = 5_000;
  private final Questions questions = new Questions(this::peers, () -> now);

  private Future<Map<String, PeerReply>> peers(String target) {
    targets.add(target);
    replies.add(Promise.promise());
    return replies.get(replies.size() - 1).future();
  }

  private void reply() {
    replies.get(replies.size() - 1).complete(Map.of("b", new PeerReply.Unasked("b:1")));
  }

  @Test
  void thoseWhoAskTheSameShareTheReplies() {
    Future<Map<String, PeerReply>> first = questions.ask("/_status");
    Future<Map<String, PeerReply>> second = questions.ask("/_status");
    assertThat(first.isComplete()).isFalse();
    reply();
    assertThat(second.result()).containsOnlyKeys("b").isEqualTo(first.result());
    now += 999;
    assertThat(questions.ask("/_status").result()).containsOnlyKeys("b");
    assertThat(targets).containsExactly("/_status");
  }

  @Test
  void afterASecondPeersAreAskedAgain() {
    questions.ask("/_status");
    reply();
    now += 1_000;
    assertThat(questions.ask("/_status").isComplete()).isFalse();
    assertThat(targets).hasSize(2);
  }

  @Test
  void aQuestionUnderWayIsNotAskedAgain() {
    questions.ask("/_status");
    now += 5_000;
    questions.ask("/_status");
    assertThat(targets).hasSize(1);
  }

  @Test
  void thereAreSoManyDifferentQuestionsAtATimeAndNoMore() {
    for (int i = 0; i < Questions.QUESTIONS_MAX; i++) {
      questions.ask("/_entries/" + i);
      reply();
    }
    assertThat(questions.ask("/_entries/more").cause())
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().type()).isEqualTo(ProblemType.TOO_MANY_QUESTIONS));
    assertThat(questions.ask("/_entries/0").succeeded()).isTrue();
    questions.ask("/_status");
    assertThat(targets).hasSize(Questions.QUESTIONS_MAX + 1).endsWith("/_status");
    reply();
    now += 1_000;
    questions.ask("/_entries/more");
    assertThat(targets).hasSize(Questions.QUESTIONS_MAX + 2).endsWith("/_entries/more");
  }
}
