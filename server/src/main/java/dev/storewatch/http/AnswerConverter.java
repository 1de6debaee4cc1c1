package dev.storewatch.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/**
 * A converter that writes answers of one type, and reads none.
 *
 * @param <T> what it writes
 */
public abstract class AnswerConverter<T> extends AbstractHttpMessageConverter<T> {
  private final Class<T> written;

  /** A converter of a type to some media types. */
  protected AnswerConverter(Class<T> written, MediaType... types) {
    super(types);
    this.written = written;
  }

  @Override
  protected final boolean supports(Class<?> type) {
    return type == written;
  }

  @Override
  public final boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected final T readInternal(Class<? extends T> type, HttpInputMessage input) {
    throw new HttpMessageNotReadableException("answers are never read", input);
  }
}
