-- Edits of clips, what is said in recordings and where cameras lie count as changes too.
CREATE TRIGGER clip_edits_added_counts AFTER INSERT ON clip_edits BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'clips';
END;
CREATE TRIGGER transcripts_added_counts AFTER INSERT ON transcripts BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;
CREATE TRIGGER transcripts_removed_counts AFTER DELETE ON transcripts BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'recordings';
END;
CREATE TRIGGER facecam_settings_added_counts AFTER INSERT ON facecam_settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;
CREATE TRIGGER facecam_settings_changed_counts AFTER UPDATE ON facecam_settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;
CREATE TRIGGER facecam_settings_removed_counts AFTER DELETE ON facecam_settings BEGIN
  UPDATE changes SET n = n + 1 WHERE area = 'settings';
END;
