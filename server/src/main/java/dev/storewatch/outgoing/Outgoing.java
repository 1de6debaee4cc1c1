package dev.storewatch.outgoing;

import dev.storewatch.outgoing.NotAnswered.Reason;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * The requests of this server to other machines, over HTTP/1.1 or, where the other machine has it,
 * HTTP/2. Whoever asks waits on a thread of their own; any number may.
 */
public final class Outgoing implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final CloseableHttpAsyncClient client;
  private final AddressGuard guard;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** The requests of a server with some settings. */
  public Outgoing(OutgoingSettings settings) {
    this(settings, InetAddress::getAllByName, null);
  }

  Outgoing(OutgoingSettings settings, AddressGuard.Lookup lookup, @Nullable SSLContext trust) {
    guard = new AddressGuard(settings, lookup);
    client = Clients.make(settings, guard, trust);
    client.start();
  }

  /**
   * Asks, and keeps the beginning of the body in memory.
   *
   * @throws NotAnswered if there is no answer; an answer that tells of an error is one
   */
  public Answer ask(Request request) throws NotAnswered {
    return follow(request, null);
  }

  /**
   * Asks, and writes the body of a success to a file; of another answer, its beginning is kept in
   * memory.
   *
   * @throws NotAnswered if there is no answer, or a success is larger than the request reads
   */
  public Answer fetch(Request request, Path file) throws NotAnswered {
    return follow(request, file);
  }

  private Answer follow(Request request, @Nullable Path file) throws NotAnswered {
    long begin = System.nanoTime();
    long end = begin + request.longest().toNanos();
    Request next = request;
    for (int hops = 0; ; hops++) {
      Answer answer = once(next, file, end);
      String location = answer.header("Location").orElse(null);
      if (!next.mayFollow()
          || request.mostRedirects() == 0
          || !REDIRECTS.contains(answer.status())
          || location == null) {
        return answer.within(Duration.ofNanos(System.nanoTime() - begin));
      }
      if (hops == request.mostRedirects()) {
        throw new NotAnswered(
            Reason.REDIRECT,
            "%s leads from one address to another more than %d times"
                .formatted(request.uri(), hops),
            null);
      }
      next = next.at(redirected(next.uri(), location));
    }
  }

  private static URI redirected(URI from, String location) throws NotAnswered {
    try {
      URI to = Target.withoutFragment(from.resolve(location.strip()));
      String fault = Target.fault(to);
      if (fault != null) {
        throw badRedirect(from, fault, null);
      }
      if (from.getScheme().equalsIgnoreCase("https") && to.getScheme().equalsIgnoreCase("http")) {
        throw badRedirect(from, "is not encrypted", null);
      }
      return to;
    } catch (IllegalArgumentException e) {
      throw badRedirect(from, "is no address", e);
    }
  }

  private static NotAnswered badRedirect(URI from, String fault, @Nullable Exception cause) {
    return new NotAnswered(
        Reason.REDIRECT, "%s leads to an address that %s".formatted(from, fault), cause);
  }

  private Answer once(Request request, @Nullable Path file, long end) throws NotAnswered {
    AnswerReader reader = new AnswerReader(request, file);
    // On a thread of its own, because looking a name up may take long.
    Future<Answer> asked = threads.submit(() -> exchange(request, reader));
    try {
      return asked.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AnswerReader.Enough) {
        return reader.answer(request.uri());
      }
      throw notAnswered(request.uri(), e.getCause());
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw tookTooLong(request, e);
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new NotAnswered(Reason.BROKEN_OFF, "%s is not waited for".formatted(request.uri()), e);
    }
  }

  private Answer exchange(Request request, AnswerReader reader) throws Exception {
    Future<Answer> running = client.execute(producer(request), reader, null);
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (InterruptedException e) {
      running.cancel(true);
      throw e;
    }
  }

  private static AsyncRequestProducer producer(Request request) {
    AsyncRequestBuilder builder = AsyncRequestBuilder.create(request.method());
    builder.setUri(request.uri());
    request.headers().forEach(builder::addHeader);
    String body = request.body();
    if (body != null) {
      String type = request.headers().get("Content-Type");
      // The client sends the type of the body itself.
      builder.removeHeaders("Content-Type");
      builder.setEntity(
          body.getBytes(StandardCharsets.UTF_8), type == null ? null : ContentType.parse(type));
    }
    return builder.build();
  }

  private static NotAnswered tookTooLong(Request request, Throwable cause) {
    return new NotAnswered(
        Reason.TIMEOUT,
        "%s gave no whole answer in %s".formatted(request.uri(), request.longest()),
        cause);
  }

  private static NotAnswered notAnswered(URI uri, @Nullable Throwable cause) {
    return switch (cause) {
      case AddressGuard.Refused refused ->
          new NotAnswered(Reason.ADDRESS_REFUSED, said(refused), refused);
      case UnknownHostException unknown ->
          new NotAnswered(
              Reason.NAME_UNKNOWN,
              "nobody knows the address of %s".formatted(uri.getHost()),
              unknown);
      case SSLException ssl ->
          new NotAnswered(Reason.TLS, "%s cannot be trusted: %s".formatted(uri, said(ssl)), ssl);
      case SocketTimeoutException slow ->
          new NotAnswered(Reason.TIMEOUT, "%s: %s".formatted(uri, said(slow)), slow);
      case ConnectException gone ->
          new NotAnswered(Reason.NOT_CONNECTED, "%s: %s".formatted(uri, said(gone)), gone);
      case NoRouteToHostException gone ->
          new NotAnswered(Reason.NOT_CONNECTED, "%s: %s".formatted(uri, said(gone)), gone);
      case AnswerReader.TooLarge large ->
          new NotAnswered(Reason.TOO_LARGE, "%s: %s".formatted(uri, said(large)), large);
      case null, default ->
          new NotAnswered(
              Reason.BROKEN_OFF, "%s gave no whole answer: %s".formatted(uri, said(cause)), cause);
    };
  }

  private static String said(@Nullable Throwable cause) {
    return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
  }

  /**
   * Returns the addresses of a host that may be asked, for what is asked by something else than
   * HTTP: whoever connects has to connect to one of them, and not look the name up again.
   *
   * @throws UnknownHostException if there are none
   */
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return guard.resolve(host);
  }

  /** Ends what is asked at the moment. */
  @Override
  public void close() {
    threads.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
