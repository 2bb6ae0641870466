-- macro: negotiated
-- uses: has_feature
--
-- ## Meaning
-- Whether a feature is negotiated once features_ok is reached: not before that, and unknown where nothing shows the state. A
-- bit that the profile does not assign (null) never is.
create macro negotiated(features_ok, state_known, accepted, accepted_known, feature_bit) as
    case when feature_bit is null then false
         when features_ok is not null then has_feature(accepted, accepted_known, feature_bit)
         when state_known then false
    end
