package io.hera.dns;

import io.hera.access.ServiceSet;
import io.hera.dns.ReplyWriter.Place;
import io.hera.dns.Sender.Transport;
import io.hera.registry.IpText;
import io.hera.store.LeftOut;
import io.hera.store.NextTurn;
import io.hera.store.Store;
import io.hera.wire.NodeStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * Answers DNS, by UDP and TCP. It listens at each address by a socket of its own: with one for all, the kernel would choose the address
 * that answers come from, and clients drop those from another one than they asked. One instance per node.
 */
public final class DnsVerticle extends VerticleBase {
  private final Store store;
  private final ServerSettings settings;
  private final BooleanSupplier ready;
  private final Supplier<ServiceSet> readable;
  private final LeftOut leftOut;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private volatile Terms terms;
  private volatile @Nullable NameServer server;

  /**
   * A DNS server.
   *
   * @param ready whether the node knows the instances
   * @param readable the services that strangers may read now
   * @param nanos monotonic
   * @param random shuffles answers
   */
  public DnsVerticle(
      Store store,
      ServerSettings settings,
      Terms terms,
      BooleanSupplier ready,
      Supplier<ServiceSet> readable,
      LeftOut leftOut,
      LongSupplier nanos,
      RandomGenerator random) {
    this.store = store;
    this.settings = settings;
    this.terms = terms;
    this.ready = ready;
    this.readable = readable;
    this.leftOut = leftOut;
    this.nanos = nanos;
    this.random = random;
  }

  /** Fails if it cannot bind an address. */
  @Override
  public Future<?> start() {
    return vertx.executeBlocking(this::load).compose(this::begin);
  }

  /** Loading the classes of dnsjava takes long, so a worker does it, by reading a query of its own. */
  private Name load() {
    Name domain = Domain.of(settings.domain());
    Record question = Record.newRecord(domain, Rdata.ANY.type(), DClass.IN);
    QueryReader.read(Message.newQuery(question).toWire());
    return domain;
  }

  private Future<?> begin(Name domain) {
    Sheets sheets = new Sheets(new SheetMaker(context, store, domain), leftOut);
    Directory directory =
        new Directory(store, leftOut, ready, readable, new NextTurn(context), sheets::forget);
    DnsCounters counters = new DnsCounters();
    NameServer made = new NameServer(
        domain,
        directory,
        sheets,
        new Place(
            settings.node(),
            domain.length(),
            settings.udpBytes(),
            new ApexRecords(settings.serial())),
        () -> terms,
        counters,
        new Failures(counters, nanos),
        random);
    server = made;
    TcpClients clients = new TcpClients(
        vertx,
        new NextTurn(context),
        settings.tcpConnections(),
        settings.idleMillis(),
        made::answer);
    return directory.start().compose(following -> listen(made, clients));
  }

  private Future<?> listen(NameServer made, TcpClients clients) {
    return Future.all(settings.hosts().stream()
        .map(host -> Future.all(listenUdp(made, host), listenTcp(clients, host)))
        .toList());
  }

  private Future<?> listenUdp(NameServer made, String host) {
    DatagramSocket socket =
        vertx.createDatagramSocket(new DatagramSocketOptions().setIpV6(host.indexOf(':') >= 0));
    socket.exceptionHandler(unreachable -> {});
    socket.handler(packet -> received(made, socket, packet));
    return socket.listen(settings.port(), host);
  }

  private static void received(NameServer made, DatagramSocket socket, DatagramPacket packet) {
    SocketAddress from = packet.sender();
    address(from)
        .ifPresent(address -> made.answer(
                packet.data().getBytes(), new Sender(Transport.UDP, address, from.port()))
            .onSuccess(answer -> answer.ifPresent(
                bytes -> socket.send(Buffer.buffer(bytes), from.port(), from.hostAddress()))));
  }

  private Future<?> listenTcp(TcpClients clients, String host) {
    return vertx
        .createNetServer(new NetServerOptions().setTcpNoDelay(true))
        .connectHandler(socket -> connected(clients, socket))
        .listen(settings.port(), host);
  }

  private static void connected(TcpClients clients, NetSocket socket) {
    SocketAddress from = socket.remoteAddress();
    address(from)
        .ifPresentOrElse(
            address -> clients.opened(socket, new Sender(Transport.TCP, address, from.port())),
            socket::close);
  }

  /** A link-local address has a zone after it. */
  private static Optional<InetAddress> address(SocketAddress from) {
    String text = from.hostAddress();
    int zone = text.indexOf('%');
    return IpText.parse(zone < 0 ? text : text.substring(0, zone));
  }

  /** Changes the settings while running. */
  public void configure(Terms changed) {
    terms = changed;
  }

  /** Returns what operators see of it. */
  public Future<Optional<NodeStatus.Dns>> report() {
    NameServer running = server;
    return running == null
        ? Future.succeededFuture(Optional.empty())
        : Future.future(promise ->
            context.runOnContext(turn -> promise.complete(Optional.of(running.report()))));
  }
}
