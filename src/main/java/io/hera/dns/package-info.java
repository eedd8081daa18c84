/**
 * The DNS server: instances by name, for programs that know nothing of Hera.
 *
 * <p>{@link io.hera.dns.DnsVerticle} has the sockets. A query goes {@link io.hera.dns.QueryReader} (hostile bytes) → {@link
 * io.hera.dns.Zone} (the name: which instances of which service?) → {@link io.hera.dns.Sheet} (their records, made once per change) →
 * {@link io.hera.dns.ReplyWriter} (as many as fit). {@link io.hera.dns.NameServer} puts that together, and decides on errors.
 *
 * <p>Names come from {@link io.hera.dns.Names}, and from nothing else: a question for a name that does not exist asks the store
 * nothing, and leaves nothing in memory.
 */
@NullMarked
package io.hera.dns;

import org.jspecify.annotations.NullMarked;
