/**
 * A cluster in memory, for tests of applications that use the client library: {@link
 * io.hera.client.fake.FakeHera}. Semantic versions hold for it as for the library.
 */
@NullMarked
package io.hera.client.fake;

import org.jspecify.annotations.NullMarked;
