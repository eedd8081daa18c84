package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaintextClientsTest {
  private final PlaintextClients clients = new PlaintextClients();

  @Test
  void eachAddressHasItsRequestsAndTheAgeOfTheLastOne() {
    clients.came("10.0.0.1", 1_000);
    clients.came("10.0.0.1", 3_000);
    clients.came("10.0.0.2", 2_000);
    assertThat(clients.requests()).isEqualTo(3);
    assertThat(clients.seen(4_000))
        .containsEntry("10.0.0.1", new PlaintextClients.Seen(2, 1_000))
        .containsEntry("10.0.0.2", new PlaintextClients.Seen(1, 2_000))
        .hasSize(2);
  }

  @Test
  void ofTooManyTheOldestIsForgottenAndStillCounted() {
    for (int i = 0; i < PlaintextClients.ADDRESSES_MAX; i++) {
      clients.came("10.0.1." + i, i);
    }
    clients.came("10.0.1.0", 1_000);
    clients.came("10.0.2.1", 1_001);
    assertThat(clients.seen(1_001))
        .hasSize(PlaintextClients.ADDRESSES_MAX)
        .containsKeys("10.0.1.0", "10.0.2.1")
        .doesNotContainKey("10.0.1.1");
    assertThat(clients.requests()).isEqualTo(PlaintextClients.ADDRESSES_MAX + 2);
  }
}
