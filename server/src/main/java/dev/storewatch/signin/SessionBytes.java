package dev.storewatch.signin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of what a session keeps, written and read back.
 *
 * <p>Only the few classes that a session is made of are read back, so that bytes that somebody
 * wrote into the database run no code.
 */
final class SessionBytes {
  private static final Logger LOG = LoggerFactory.getLogger(SessionBytes.class);

  /**
   * Our own classes, by the names that sessions have for them. A session outlives the server that
   * wrote it, which may have had them in another package. What follows the last dot has to stay:
   * Java compares it.
   */
  private static final Map<String, Class<?>> OURS =
      Map.of(
          "dev.storewatch.access.Sessions$LetIn", Sessions.LetIn.class,
          "dev.storewatch.access.Sessions$SignedIn", Sessions.SignedIn.class,
          "dev.storewatch.signin.Sessions$LetIn", Sessions.LetIn.class,
          "dev.storewatch.signin.Sessions$SignedIn", Sessions.SignedIn.class);

  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.Object",
          "java.util.ArrayList",
          "java.util.CollSer",
          "java.util.Collections$UnmodifiableCollection",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableMap",
          "java.util.Collections$UnmodifiableRandomAccessList",
          "java.util.Collections$UnmodifiableSet",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.ImmutableCollections$List12",
          "java.util.ImmutableCollections$ListN",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.Map$Entry",
          "org.springframework.security.authentication.AbstractAuthenticationToken",
          "org.springframework.security.authentication.UsernamePasswordAuthenticationToken",
          "org.springframework.security.core.context.SecurityContextImpl",
          "org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken",
          "org.springframework.security.oauth2.core.AuthorizationGrantType",
          "org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest",
          "org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponseType",
          "org.springframework.security.web.authentication.WebAuthenticationDetails",
          "org.springframework.security.web.csrf.DefaultCsrfToken");

  private static final int DEEPEST = 20;
  private static final int LONGEST = 10_000;
  private static final int MOST_BYTES = 1_000_000;

  private SessionBytes() {}

  /**
   * Returns the bytes of an object.
   *
   * @throws IllegalArgumentException if it is made of a class that would not come back
   */
  static byte[] write(Object object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Checked out = new Checked(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final class Checked extends ObjectOutputStream {
    Checked(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) {
      if (!isAllowed(type)) {
        throw new IllegalArgumentException("no session is made of " + type.getName());
      }
    }
  }

  private static final class Renaming extends ObjectInputStream {
    Renaming(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass written)
        throws IOException, ClassNotFoundException {
      Class<?> ours = OURS.get(written.getName());
      return ours == null ? super.resolveClass(written) : ours;
    }
  }

  /**
   * Returns the object of bytes; null if a session is not made of such objects, and then it counts
   * as not having this one.
   */
  static @Nullable Object read(byte[] bytes) {
    try (ObjectInputStream in = new Renaming(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(SessionBytes::check);
      return in.readObject();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      LOG.warn("what is kept of a session is invalid and is left out: {}", e.toString());
      return null;
    }
  }

  private static ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
    Class<?> type = info.serialClass();
    boolean isSmall =
        info.depth() <= DEEPEST
            && info.references() <= LONGEST
            && info.arrayLength() <= LONGEST
            && info.streamBytes() <= MOST_BYTES;
    return isSmall && (type == null || isAllowed(type))
        ? ObjectInputFilter.Status.ALLOWED
        : ObjectInputFilter.Status.REJECTED;
  }

  private static boolean isAllowed(Class<?> type) {
    Class<?> part = type;
    while (part.isArray()) {
      part = part.getComponentType();
    }
    return part.isPrimitive() || OURS.containsValue(part) || CLASSES.contains(part.getName());
  }
}
