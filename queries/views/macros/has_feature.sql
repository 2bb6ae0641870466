-- macro: has_feature
--
-- ## Meaning
-- Whether a bit is in a 128-bit feature set; null if its word was never seen. A bit that the profile does not assign
-- (null) is in no set.
create macro has_feature(features, known, feature_bit) as
    case when feature_bit is null then false
         when known is null or (known::uhugeint >> feature_bit::uhugeint) & 1::uhugeint = 0 then null
         else (features::uhugeint >> feature_bit::uhugeint) & 1::uhugeint = 1
    end
