#ifndef EPEL_COMPOSE_CXMLREADER_H
#define EPEL_COMPOSE_CXMLREADER_H

/*
 * libxml2's SAX reader without its headers: they bring those of ICU, which Foundation
 * has in another version.
 */

/* What a reader is told. Names and values end with NUL, but text does not. */
typedef struct {
  /* An element begins; `prefix` and `space` are NULL where it has none. */
  void (*start)(void *context, const char *name, const char *prefix, const char *space);
  /* An attribute of the element that has begun last. */
  void (*attribute)(void *context, const char *name, const char *prefix, const char *space,
                    const char *value, int length);
  /* All attributes were told. */
  void (*started)(void *context);
  void (*text)(void *context, const char *bytes, int length);
  void (*end)(void *context);
} cxml_events;

/*
 * Reads a whole document; returns 0 where it is well formed and has no document type.
 * `line` is where reading ended. Nothing is fetched and no entity is expanded but
 * those of XML itself. Elements may be 64 deep.
 */
int cxml_parse(const char *bytes, int length, const cxml_events *events, void *context, int *line);

#endif
