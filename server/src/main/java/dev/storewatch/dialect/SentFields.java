package dev.storewatch.dialect;

import dev.storewatch.input.WrongInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.FileItem;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.apache.tomcat.util.http.fileupload.disk.DiskFileItemFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a small body, in whichever of three ways a client sends them: as a JSON object, as
 * a form, or as a form in several parts. The systems that were made with Django took all three.
 */
final class SentFields {
  private static final JsonMapper JSON = new JsonMapper();
  private static final FormHttpMessageConverter FORMS = new FormHttpMessageConverter();
  private static final int MOST_PARTS = 20;

  /** The text of each field; a field that is neither a text nor a whole number has none. */
  private final Map<String, @Nullable String> texts = new HashMap<>();

  private final String example;

  private SentFields(String example) {
    this.example = example;
  }

  /**
   * Reads a body. One that begins with a brace is JSON whatever the client calls it, because {@code
   * curl -d} calls everything a form.
   *
   * @param example a body that would be right, as JSON
   * @throws WrongInput if it is none of the three
   */
  static SentFields of(byte[] body, @Nullable String type, String example) {
    SentFields fields = new SentFields(example);
    fields.read(body, type);
    return fields;
  }

  private void read(byte[] body, @Nullable String type) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{")) {
      readJson(text);
      return;
    }
    MediaType form = mediaType(type);
    if (MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(form)) {
      readForm(body);
      return;
    }
    if (MediaType.MULTIPART_FORM_DATA.isCompatibleWith(form)) {
      readParts(body, String.valueOf(type));
      return;
    }
    throw wrong("the body is neither a JSON object nor a form", null);
  }

  private static @Nullable MediaType mediaType(@Nullable String type) {
    try {
      return type == null ? null : MediaType.parseMediaType(type);
    } catch (IllegalArgumentException e) {
      return null; // which is not that of a form
    }
  }

  private void readJson(String text) {
    try {
      for (Map.Entry<String, JsonNode> field : JSON.readTree(text).properties()) {
        JsonNode value = field.getValue();
        if (!value.isNull()) {
          boolean taken = value.isString() || value.isIntegralNumber();
          texts.put(field.getKey(), taken ? value.asString() : null);
        }
      }
    } catch (JacksonException e) {
      throw wrong("the body is not a JSON object, it is broken or breaks off", e);
    }
  }

  private void readForm(byte[] body) {
    try {
      texts.putAll(FORMS.read(null, new Form(body)).toSingleValueMap());
    } catch (IOException | IllegalArgumentException e) {
      throw wrong("the body is not a form of name=value&name=value", e);
    }
  }

  private void readParts(byte[] body, String type) {
    try {
      FileUpload upload = new FileUpload();
      DiskFileItemFactory inMemory = new DiskFileItemFactory();
      inMemory.setSizeThreshold(body.length + 1);
      upload.setFileItemFactory(inMemory);
      upload.setFileCountMax(MOST_PARTS);
      for (FileItem part : upload.parseRequest(new Parts(body, type))) {
        String name = part.getFieldName();
        if (name != null) {
          texts.put(name, new String(part.get(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw wrong("the body is not a form in several parts, as its Content-Type says", e);
    }
  }

  private WrongInput wrong(String what, @Nullable Throwable cause) {
    return new WrongInput(
        "%s: send for example %s, or the same as a form".formatted(what, example), cause);
  }

  /**
   * Returns the text of a field that must be there.
   *
   * @throws WrongInput if it is not, or is neither a text nor a whole number
   */
  String required(String name) {
    if (!texts.containsKey(name)) {
      throw wrong(name + " is missing", null);
    }
    String text = texts.get(name);
    if (text == null) {
      throw wrong(name + " is neither a text nor a whole number", null);
    }
    return text;
  }

  /**
   * Returns the text of a field; null if it is not there.
   *
   * @throws WrongInput if it is neither a text nor a whole number
   */
  @Nullable String optional(String name) {
    return texts.containsKey(name) ? required(name) : null;
  }

  /** A form as Spring reads it. */
  private static final class Form implements HttpInputMessage {
    private final byte[] body;

    Form(byte[] body) {
      this.body = body;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public HttpHeaders getHeaders() {
      return new HttpHeaders();
    }
  }

  /** A form in several parts as Tomcat reads it. */
  private static final class Parts implements UploadContext {
    private final byte[] body;
    private final String type;

    Parts(byte[] body, String type) {
      this.body = body;
      this.type = type;
    }

    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public String getContentType() {
      return type;
    }

    @Override
    public long contentLength() {
      return body.length;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(body);
    }
  }
}
