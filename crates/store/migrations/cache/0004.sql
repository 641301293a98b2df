-- News stays after it was told, until the parent has seen it: what comes after it is told together
-- with it.
ALTER TABLE news ADD COLUMN told INTEGER;    -- epoch milliseconds; NULL while nobody took it
CREATE TRIGGER read_is_no_news AFTER UPDATE OF unread ON conversations
WHEN OLD.unread = 1 AND NEW.unread = 0 BEGIN
    DELETE FROM news WHERE kind = 'message' AND place = NEW.id;
END;
